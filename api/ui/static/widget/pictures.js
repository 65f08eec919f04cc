/** Photos: made small before they travel, and painted on a canvas so that the page needs no blob: addresses. */

import { el } from "../shared/dom.js";

/** Pixels of the longer side; a label in the photo stays readable. */
const LONGEST = 2000;
/** Bytes; larger files are made smaller first. The server takes up to 10 MB. */
const SMALL_ENOUGH = 2_500_000;
export const LARGEST = 10 * 1024 * 1024;

/**
 * The file as it is, or a smaller JPEG of it when it is big and the browser can read it.
 * @param {Blob} file
 * @returns {Promise<Blob>}
 */
export async function shrink(file) {
  if (file.size <= SMALL_ENOUGH) return file;
  const canvas = await paint(file, LONGEST).catch(() => null);
  if (!canvas) return file;
  const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
  return made && made.size < file.size ? made : file;
}

/**
 * @param {Blob} blob @param {number} longest
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function paint(blob, longest) {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = /** @type {HTMLCanvasElement} */ (el("canvas"));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/**
 * A frame of the right shape at once, the picture when it has come.
 * @param {Promise<Blob>} blob @param {string} label
 * @param {{width: number, height: number}} [size]
 */
export function picture(blob, label, size = { width: 4, height: 3 }) {
  const box = el("div", { class: "photo", role: "img", "aria-label": label });
  box.style.aspectRatio = `${size.width} / ${size.height}`;
  blob.then((found) => paint(found, 640)).then((canvas) => box.replaceChildren(canvas), () => box.append(label));
  return box;
}
