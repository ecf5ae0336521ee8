import { readFile } from "node:fs/promises";
import { Hono } from "hono";

const folder = new URL("../assets/", import.meta.url);
/** What may be fetched, so that no path from outside reaches the disk. */
const types: Record<string, string> = {
  "pages.css": "text/css; charset=utf-8",
  "upload.js": "text/javascript; charset=utf-8",
};

/** Styles and scripts of the pages. */
export function assets(): Hono {
  const app = new Hono();
  for (const [name, type] of Object.entries(types)) {
    app.get(`/${name}`, async (context) => {
      const headers = { "content-type": type, "cache-control": "no-cache", "x-content-type-options": "nosniff" };
      return context.body(await readFile(new URL(name, folder), "utf8"), 200, headers);
    });
  }
  return app;
}
