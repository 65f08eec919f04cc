/** What the form shows when an article is opened in a language: the draft, else what is published, else an empty translation. Pure. */

/** @param {any} article null while it is new @param {any} variant of the language @param {string} id empty while it is new @param {string} code the language */
export function opening(article, { draft, published }, id, code) {
  const shown = draft ?? published;
  const origin = article?.variants[article.source_language];
  const front = shown?.front ?? { audience: "customer", ...(origin?.published ?? origin?.draft)?.front, title: "", source_language: article?.source_language ?? code };
  return {
    front: { ...front, id, language: code },
    body: shown?.body ?? "",
    note: draft?.note ?? "",
    base: draft ? draft.base : (published?.variant ?? null),
    version: draft?.version ?? null,
    locked: draft?.kind === "retire",
  };
}
