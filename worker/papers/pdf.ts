import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What is used of pdfmake. Its published types bring those of a browser with them, which contradict Node's. */
type PdfMake = {
  setFonts(fonts: Record<string, Record<string, string>>): void;
  setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
  setLocalAccessPolicy(isAllowed: (path: string) => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Buffer> };
};

const require = createRequire(import.meta.url);
const pdfmake: PdfMake = require("pdfmake");
const folder = join(dirname(require.resolve("pdfmake/package.json")), "fonts", "Roboto");

/** The typeface that comes with pdfmake, so that a paper looks the same on every machine. */
const roboto = {
  normal: join(folder, "Roboto-Regular.ttf"),
  bold: join(folder, "Roboto-Medium.ttf"),
  italics: join(folder, "Roboto-Italic.ttf"),
  bolditalics: join(folder, "Roboto-MediumItalic.ttf"),
};

pdfmake.setFonts({ Roboto: roboto });
// A paper is drawn from what it is given: no address and no file but the typeface is read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(roboto).includes(path));

/** Blocks while it draws. @param definition as pdfmake takes it: https://pdfmake.github.io/docs/0.3/document-definition-object */
export function makePdf(definition: object): Promise<Buffer> {
  return pdfmake.createPdf(definition).getBuffer();
}
