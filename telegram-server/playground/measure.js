/** How long a recording lasts and how large a film is, as the browser reads it. */

import { element } from "./elements.js";

const PATIENCE_MS = 4_000;

/**
 * What the browser cannot read is left out: the message goes without it, as from a telephone that does not know either.
 *
 * @param {File} file
 * @param {string} kind as the server calls it
 * @returns {Promise<{ duration?: number, width?: number, height?: number }>}
 */
export async function measure(file, kind) {
  if (kind === "photo" || kind === "document") return {};
  const player = element(kind === "voice" || kind === "audio" ? "audio" : "video");
  const address = URL.createObjectURL(file);
  await new Promise((resolve) => {
    player.onloadedmetadata = player.onerror = resolve;
    setTimeout(resolve, PATIENCE_MS);
    player.preload = "metadata";
    player.src = address;
  });
  URL.revokeObjectURL(address);
  const duration = Number.isFinite(player.duration) ? Math.round(player.duration) : 0;
  if (!(player instanceof HTMLVideoElement)) return { duration };
  return { duration, width: player.videoWidth, height: player.videoHeight };
}
