import { PersonRefusal } from "./person-refusal.ts";
import type { World } from "./world.ts";

/** Shown in the page; a picture can run nothing (SVG can, and is not here). */
const shownTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/** Saved under their own type; everything else is bytes. */
const savedTypes = ["application/pdf", "application/zip", "text/csv", "text/plain"];
/** Played in the page, and saved under their own type. */
const playedTypes = /^(?:audio|video)\/[a-z0-9.+-]+$/;

/** @throws PersonRefusal 404 */
export async function fileResponse(world: World, fileId: string): Promise<Response> {
  const file = world.state.files.get(fileId);
  if (file === undefined) throw new PersonRefusal(404, "Tidak ada berkas itu.");
  const isShown = shownTypes.includes(file.mimeType);
  const isKnown = isShown || savedTypes.includes(file.mimeType) || playedTypes.test(file.mimeType);
  return new Response(await world.store.readFile(file.sha256), {
    headers: {
      "content-type": isKnown ? file.mimeType : "application/octet-stream",
      "content-disposition": isShown ? "inline" : attachment(file.name ?? "file"),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    },
  });
}

/** source: RFC 6266 and RFC 8187: a plain name for all, the full one percent-encoded */
function attachment(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9 ._-]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
