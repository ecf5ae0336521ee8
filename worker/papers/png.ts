import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const require = createRequire(import.meta.url);
/** The typeface of pdfmake, so that a picture looks the same on every machine. */
const fonts = join(dirname(require.resolve("pdfmake/package.json")), "fonts", "Roboto");

let loading: Promise<void> | undefined;

/** Once in a process: the library refuses a second time. */
function loadLibrary(): Promise<void> {
  loading ??= initWasm(readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return loading;
}

/** Blocks while it draws. @param svg that names no file and no address; its text in Roboto */
export async function makePng(svg: string): Promise<Uint8Array> {
  await loadLibrary();
  const fontBuffers = await Promise.all(
    ["Roboto-Regular.ttf", "Roboto-Medium.ttf"].map((name) => readFile(join(fonts, name))),
  );
  const options = { font: { fontBuffers, defaultFontFamily: "Roboto" } };
  return new Resvg(svg, options).render().asPng();
}
