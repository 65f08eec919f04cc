/*! Portside chat. <script src=".../widget/loader.js" data-lang data-market data-identity defer> */
(() => {
  const script = document.currentScript;
  if (!script || window.Portside) return;
  const { lang = document.documentElement.lang || "en", market = "", identity = "" } = script.dataset;
  const base = new URL(script.src).origin;
  const names = {
    en: "Chat with us", zh: "在线咨询", de: "Chat öffnen", fr: "Ouvrir le chat", es: "Abrir el chat",
    it: "Apri la chat", pt: "Abrir o chat", ar: "افتح المحادثة", ja: "チャットを開く", ru: "Открыть чат",
  };
  const label = names[lang.slice(0, 2)] || names.en;
  let token = identity;
  let draft = "";
  let ready = false;
  let frame = null;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    button, iframe { position: fixed; z-index: 2147483000; border: 0; inset-inline-end: 20px; }
    button { inset-block-end: 20px; width: 58px; height: 58px; border-radius: 29px; cursor: pointer; padding: 15px;
      background: #0b6672; color: #fff; box-shadow: 0 6px 22px rgb(0 40 50 / 35%); }
    button:hover { background: #095560; }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #0b6672; }
    svg { display: block; width: 28px; height: 28px; }
    b { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; padding: 0 5px; box-sizing: border-box;
      border-radius: 11px; background: #a8231b; color: #fff; font: 700 13px/22px system-ui, sans-serif; }
    b:empty, [hidden] { display: none; }
    iframe { inset-block-end: 90px; width: 400px; max-width: calc(100vw - 40px); height: min(660px, calc(100dvh - 110px));
      border-radius: 18px; box-shadow: 0 12px 48px rgb(0 30 45 / 30%); background: transparent; color-scheme: normal; }
    @media (max-width: 480px), (max-height: 480px) {
      iframe { inset: 0; width: 100%; max-width: none; height: 100%; border-radius: 0; }
    }`);

  const host = document.createElement("portside-chat");
  host.dir = /^(ar|fa|he|ur)/.test(lang) ? "rtl" : "ltr";
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.type = "button";
  button.ariaLabel = label;
  button.ariaExpanded = "false";
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z");
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  const badge = document.createElement("b");
  button.append(svg, badge);
  shadow.append(button);

  const store = (kind, value) => {
    try {
      return value === undefined ? window[kind].getItem("portside.chat") : window[kind].setItem("portside.chat", value);
    } catch {
      return null; // then it forgets whether it was open
    }
  };
  const tell = (message) => frame && ready && frame.contentWindow.postMessage({ portside: 1, ...message }, base);

  const load = () => {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.src = `${base}/widget?lang=${encodeURIComponent(lang)}&market=${encodeURIComponent(market)}`;
    frame.title = label;
    frame.hidden = true;
    shadow.append(frame);
  };
  const show = (open, focus = true) => {
    load();
    frame.hidden = !open;
    button.ariaExpanded = String(open);
    if (open) badge.textContent = "";
    store("sessionStorage", open ? "open" : "");
    store("localStorage", "used");
    tell({ type: open ? "opened" : "closed" });
    if (focus) (open ? frame : button).focus();
  };

  addEventListener("message", (event) => {
    if (event.origin !== base || !frame || event.source !== frame.contentWindow || !event.data || !event.data.portside) return;
    const { type, count } = event.data;
    if (type === "ready") {
      ready = true;
      tell({ type: "start", identity: token, open: !frame.hidden, draft });
    } else if (type === "close") show(false);
    else if (type === "unread") badge.textContent = frame.hidden && count ? String(count) : "";
  });
  button.addEventListener("click", () => show(!frame || frame.hidden));

  window.Portside = {
    open: () => show(true),
    close: () => show(false),
    // Puts a text into the message box; the customer sends it.
    ask(text) {
      draft = text;
      show(true);
      tell({ type: "draft", draft });
    },
    // After signing in or out without a page load.
    identify(next) {
      token = next || "";
      tell({ type: "identity", identity: token });
    },
  };
  document.body.append(host);
  if (store("sessionStorage") && innerWidth > 480) show(true, false);
  else if (store("localStorage")) setTimeout(load, 1500); // an answer may be waiting
})();
