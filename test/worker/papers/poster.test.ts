import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { runInThread } from "../../../worker/in-thread.ts";
import { drawPoster, type PosterText } from "../../../worker/papers/poster.ts";

const poster: PosterText = {
  officeName: "Dinas Kesehatan",
  regency: "Kabupaten Uji",
  link: "https://t.me/simpul_bot?start=K-ABCDEFGHJKMN",
  issuedOn: "25 November 2026",
};

/** What stands readable in a PDF: its objects, and the streams that are only compressed. */
function contentsOf(pdf: Buffer): string {
  const text = pdf.toString("latin1");
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = ""]) => {
    try {
      return inflateSync(Buffer.from(body, "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return [text, ...streams].join("\n");
}

test.each([
  ["a short name", poster],
  [
    "the longest name",
    { ...poster, officeName: "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah ".repeat(2) },
  ],
])("a poster of an office with %s is one page of A4, with a link that can be pressed", async (_, text) => {
  const contents = contentsOf(await drawPoster(text));
  expect(contents.match(/\/Type \/Page\b/g)).toHaveLength(1);
  expect(contents).toContain("/MediaBox [0 0 595.28 841.89]");
  expect(contents).toContain("https://t.me/simpul_bot?start=K-ABCDEFGHJKMN");
});

test("a poster is drawn in a thread of its own", async () => {
  const module = new URL("../../../worker/papers/thread.ts", import.meta.url);
  const pdf = await runInThread<Uint8Array>(module, poster, "drawing a poster");
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
});

test("a thread that fails says what it was doing", async () => {
  const module = new URL("../../../worker/papers/thread.ts", import.meta.url);
  await expect(runInThread(module, {}, "drawing a poster")).rejects.toThrow("drawing a poster");
});
