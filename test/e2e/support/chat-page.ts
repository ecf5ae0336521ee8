import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser, Locator } from "playwright-core";

const outputFolder = join(import.meta.dirname, "../output");
const patienceMs = 30_000;

export type ChatPage = Awaited<ReturnType<typeof openChatPage>>;

/** The playground in a browser: one column for each person who is played. */
export async function openChatPage(browser: Browser, address: string, size = { width: 1480, height: 940 }) {
  const page = await browser.newPage({ viewport: size, locale: "id-ID", timezoneId: "Asia/Jakarta" });
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
      await page.locator("#people").getByRole("button", { name }).click();
      return chatIn(page.getByRole("region", { name: `Percakapan ${name}` }), name);
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

function chatIn(column: Locator, name: string) {
  const log = column.getByRole("log");

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

    /** Waits until the newest messages say so. */
    sees: (text: string) =>
      explained(`looks for "${text}"`, log.locator(".message[data-in]", { hasText: text }).last().waitFor()),

    /** Presses the newest button with that text, as soon as there is one. */
    press: (label: string | RegExp) =>
      explained(`presses "${label}"`, log.getByRole("button", { name: label }).last().click()),

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
