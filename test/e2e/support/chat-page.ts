import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { checkout } from "./folders.ts";

const outputFolder = join(import.meta.dirname, "../output");
const guideFolder = join(checkout, "docs/panduan/gambar");
/** Set where the pictures of the documents are to be renewed; they need an emoji font, fonts-noto-color-emoji. */
export const isUpdatingPictures = process.env.UPDATE_PICTURES === "1";
const patienceMs = 30_000;

export type ChatPage = Awaited<ReturnType<typeof openChatPage>>;

const plainView = { viewport: { width: 1480, height: 940 } };
/** Messages as wide as on a telephone, none of them cut off, and sharp. */
const guideView = { viewport: { width: 2500, height: 1600 }, deviceScaleFactor: 1.25 };

/**
 * The playground in a browser: one column for each person who is played.
 *
 * @param options.isForGuide its messages are pictures of the user guide, where these are renewed
 */
export async function openChatPage(browser: Browser, address: string, options: { isForGuide?: boolean } = {}) {
  const isPhotographed = options.isForGuide === true && isUpdatingPictures;
  const view = isPhotographed ? guideView : plainView;
  const page = await browser.newPage({ ...view, locale: "id-ID", timezoneId: "Asia/Jakarta" });
  page.setDefaultTimeout(patienceMs);
  const defects: string[] = [];
  page.on("pageerror", (error) => defects.push(error.message));
  await page.goto(new URL("playground", address).href);

  return {
    page,
    /** What went wrong in the page's own scripts. */
    defects,
    /** Opens that person's column, or goes to it. */
    async person(name: string) {
      // Another one's may show a message that names them.
      await page
        .locator("#people")
        .getByRole("button", { name: new RegExp(`^${name}`) })
        .click();
      return chatIn(page.getByRole("region", { name: `Percakapan ${name}` }), name, isPhotographed);
    },
    /** Kept in `output/`, or where the path says. */
    async picture(name: string, path = join(outputFolder, `${name}.png`)): Promise<void> {
      await mkdir(dirname(path), { recursive: true });
      await page.mouse.move(0, 0); // what lies under it looks different
      await page.screenshot({ path });
    },
  };
}

export type Chat = ReturnType<typeof chatIn>;

function chatIn(column: Locator, name: string, isPhotographed: boolean) {
  const log = column.getByRole("log");
  const newest = (text: string) => log.locator(".message[data-in]", { hasText: text }).last();

  async function explained<Done>(what: string, work: Promise<Done>): Promise<Done> {
    try {
      return await work;
    } catch (cause) {
      const words = await log.innerText().catch(() => "(nothing)");
      throw new Error(`${name} ${what} in vain; the column ends:\n${words.slice(-1500)}`, { cause });
    }
  }

  return {
    begin: () => column.getByRole("button", { name: "Mulai", exact: true }).click(),

    /** Opens a link to the bot, as if it had been scanned or tapped. */
    async openLink(address: string): Promise<void> {
      await column.getByRole("button", { name: "Pilihan percakapan" }).click();
      await column.getByRole("button", { name: "Buka tautan bot…" }).click();
      const dialog = column.page().getByRole("dialog", { name: "Buka tautan bot" });
      await dialog.getByRole("textbox", { name: "Tautan bot" }).fill(address);
      await dialog.getByRole("button", { name: "Buka", exact: true }).click();
    },

    /** Waits until the newest messages say so. @returns the words of the last one that does */
    async sees(text: string): Promise<string> {
      const message = newest(text);
      await explained(`looks for "${text}"`, message.waitFor());
      return message.innerText();
    },

    /** As `sees`, but nothing may stand below it: an earlier form has asked the same. */
    asks: (text: string) =>
      explained(
        `waits to be asked "${text}"`,
        log.locator(".message[data-in]").last().filter({ hasText: text }).waitFor(),
      ),

    /** Presses the newest button with that text, as soon as there is one. */
    press: (label: string | RegExp) =>
      explained(`presses "${label}"`, log.getByRole("button", { name: label }).last().click()),

    /** The bytes of the newest document of that name. */
    async document(name: string | RegExp): Promise<Buffer> {
      const link = log.locator("a.file", { hasText: name }).last();
      await explained(`looks for the document ${name}`, link.waitFor());
      const address = new URL((await link.getAttribute("href")) ?? "", column.page().url());
      return (await column.page().request.get(address.href)).body();
    },

    /** The newest message that says so becomes a picture of the user guide. */
    async guidePicture(name: string, text: string): Promise<void> {
      if (!isPhotographed) return;
      await mkdir(guideFolder, { recursive: true });
      // What the mouse or the focus is on looks different.
      await column.page().mouse.move(0, 0);
      await column.page().evaluate("document.activeElement?.blur()");
      await newest(text).screenshot({ path: join(guideFolder, `${name}.png`) });
    },

    async say(text: string): Promise<void> {
      const input = column.getByRole("textbox", { name: "Tulis pesan" });
      await input.fill(text);
      await input.press("Enter");
      await explained(`says "${text}"`, log.locator(".message[data-out]", { hasText: text }).last().waitFor());
    },

    /** Puts a picture or another file into the message and sends it. */
    async sendFile(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
      await column.locator("input[type=file]").setInputFiles(file);
      await column.getByRole("button", { name: "Kirim", exact: true }).click();
      await explained("sends a file", log.locator(".message[data-out]").locator("img, a.file").last().waitFor());
    },
  };
}
