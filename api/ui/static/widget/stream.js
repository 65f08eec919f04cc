/** The line to the server: events as they come, and again from the last one seen when it breaks. */

import { read } from "../shared/sse.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
/** The server pings every 15 s; a line silent for longer than this is dead, though the browser may not know. */
const SILENCE = 40_000;

/**
 * @typedef {object} Listener
 * @property {() => number} after last sequence number seen
 * @property {(event: string, data: any) => void} on
 * @property {(connected: boolean) => void} line
 */

/**
 * Follow the events until `signal` is aborted.
 * @param {import("./api.js").Api} api @param {Listener} listener @param {AbortSignal} signal
 */
export async function follow(api, listener, signal) {
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    const heard = await listen(api, listener, signal);
    if (signal.aborted) return;
    if (heard) wait = FIRST_WAIT;
    else listener.line(false);
    await pause(wait * (0.75 + Math.random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

/**
 * One connection, from opening to end; true when the server answered on it.
 * @param {import("./api.js").Api} api @param {Listener} listener @param {AbortSignal} signal
 */
async function listen(api, listener, signal) {
  const silence = new AbortController();
  const both = AbortSignal.any([signal, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENCE);
  let heard = false;
  try {
    const response = await api.request(`/api/chat/events?after=${listener.after()}`, { signal: both });
    if (!response.ok || !response.body) return false;
    heard = true;
    listener.line(true);
    for await (const { event, data } of read(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
      if (event) listener.on(event, data);
    }
  } catch {
    return heard && !silence.signal.aborted; // a broken line is expected; the caller opens the next one
  } finally {
    clearTimeout(timer);
  }
  return heard;
}

/** Ends early when the browser is back online. @param {number} ms @param {AbortSignal} signal */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve(undefined);
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    signal.addEventListener("abort", end, { once: true });
  });
}
