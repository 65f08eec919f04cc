/** Server-sent events over fetch, which unlike EventSource can carry an Authorization header. */

/** @typedef {{event: string, data: any}} ServerEvent  an empty `event` is a ping */

/**
 * The events of a response body until it ends.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* read(body) {
  const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replace(/\r\n/g, "\n").split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield parse(block);
  }
}

/**
 * @param {string} block the lines between two empty lines
 * @returns {ServerEvent}
 */
export function parse(block) {
  let event = "";
  /** @type {string[]} */
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  return { event: event || (data.length ? "message" : ""), data: data.length ? JSON.parse(data.join("\n")) : null };
}
