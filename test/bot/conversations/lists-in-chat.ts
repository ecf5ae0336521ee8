import type { CastName, TestDesk } from "../../support/desk.ts";

/** The text of the document that comes after a button is pressed; its byte order mark with it. */
export async function pressForDocument(
  desk: TestDesk,
  who: CastName,
  button: string,
  caption: string | RegExp,
): Promise<string> {
  const { message_id: before } = desk.newest(who);
  await desk.press(who, button);
  const { document } = (await desk.sees(who, caption, before)) as { document?: { file_id: string } };
  const answer = await fetch(`${desk.methodUrl("getFile")}?file_id=${document?.file_id}`);
  const { result } = (await answer.json()) as { result: { file_path: string } };
  const file = await fetch(desk.methodUrl(result.file_path).replace("/bot", "/file/bot"));
  // Not `text()`, which takes away the byte order mark.
  return Buffer.from(await file.arrayBuffer()).toString("utf8");
}

/** Sends a list as a file where one is asked for, and waits until what is in it stands in the chat. */
export async function sendListFile(
  desk: TestDesk,
  who: CastName,
  file: { name: string; content: string | Uint8Array },
  answer: string | RegExp = "Berkas sudah diperiksa",
): Promise<void> {
  const { message_id: before } = desk.newest(who);
  const bytes = typeof file.content === "string" ? Buffer.from(file.content) : file.content;
  desk.server.people.sendDocument(desk.idOf(who), { bytes, name: file.name, mimeType: "text/csv" });
  await desk.sees(who, answer, before);
  await desk.settled();
}
