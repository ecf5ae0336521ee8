import { badRequest } from "./refusal.ts";

export type UploadedFile = { name: string; mimeType: string; bytes: Buffer };
export type Form = { fields: Map<string, string>; files: Map<string, UploadedFile> };

/** Where a body begins and ends, so that a part is found by one search. */
const lineEnd = Buffer.from("\r\n");
const headersEnd = Buffer.from("\r\n\r\n");

/**
 * A body of type multipart/form-data. Reads part headers as tdlib's HttpReader does: quoted strings with `\` before a quote,
 * names percent-decoded (browsers send `"` as %22); a name that is cut by a raw quote is refused, not guessed.
 *
 * @throws Refusal 400
 */
export function parseMultipart(body: Buffer, contentType: string): Form {
  const boundary = boundaryIn(contentType);
  const form: Form = { fields: new Map(), files: new Map() };
  const opening = Buffer.from(`--${boundary}`);
  const separator = Buffer.from(`\r\n--${boundary}`);
  let position = body.indexOf(opening);
  if (position < 0) throw badRequest("boundary not found");
  position += opening.length;
  while (!body.subarray(position, position + 2).equals(Buffer.from("--"))) {
    const start = body.indexOf(lineEnd, position);
    // Headers end with an empty line; where a part has none, that line is the first.
    const split = start < 0 ? -1 : body.indexOf(headersEnd, start);
    const end = split < 0 ? -1 : body.indexOf(separator, split + 2);
    if (start < 0 || split < 0 || end < 0) throw badRequest("unexpected end of request content");
    addPart(
      form,
      body.toString("utf8", start + 2, Math.max(split, start + 2)),
      body.subarray(split + 4, Math.max(end, split + 4)),
    );
    position = end + separator.length;
  }
  return form;
}

function boundaryIn(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw badRequest("boundary not found");
  if (boundary.length > 70) throw badRequest("boundary too big or empty");
  return boundary;
}

function addPart(form: Form, headers: string, bytes: Buffer): void {
  let name: string | undefined;
  let fileName: string | undefined;
  let mimeType = "";
  for (const line of headers.split("\r\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).trim();
    const header = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (header === "content-type") mimeType = value;
    if (header !== "content-disposition") continue;
    const disposition = dispositionIn(value);
    name = disposition.get("name");
    fileName = disposition.get("filename");
  }
  if (name === undefined || name === "") throw badRequest("field name in multipart/form-data not found");
  if (fileName === undefined) form.fields.set(name, bytes.toString("utf8"));
  else form.files.set(name, { name: cleanFileName(fileName), mimeType, bytes });
}

function dispositionIn(value: string): Map<string, string> {
  if (!value.startsWith("form-data;")) throw badRequest("expected form-data content disposition");
  const found = new Map<string, string>();
  let rest = value.slice("form-data;".length).trim();
  while (rest.includes("=")) {
    const key = rest.slice(0, rest.indexOf("=")).trim();
    rest = rest.slice(rest.indexOf("=") + 1).trimStart();
    const quoted = rest.startsWith('"') ? readQuoted(rest) : readToken(rest);
    found.set(key, percentDecoded(quoted.text));
    rest = quoted.rest.trim();
  }
  return found;
}

function readQuoted(value: string): { text: string; rest: string } {
  const match = /^"((?:[^"\\]|\\.)*)"\s*/s.exec(value);
  if (match === null) throw badRequest("unclosed quoted string in Content-Disposition header");
  const rest = value.slice(match[0].length);
  if (rest !== "" && !rest.startsWith(";")) throw badRequest("expected ';' in Content-Disposition header");
  return { text: (match[1] ?? "").replace(/\\(.)/gs, "$1"), rest: rest.slice(1) };
}

function readToken(value: string): { text: string; rest: string } {
  const end = value.indexOf(";");
  return end < 0 ? { text: value.trim(), rest: "" } : { text: value.slice(0, end).trim(), rest: value.slice(end + 1) };
}

function percentDecoded(value: string): string {
  const bytes = Buffer.from(value)
    .toString("latin1")
    .replace(/%([0-9a-f]{2})/gi, (_, hexadecimal: string) => {
      return String.fromCharCode(Number.parseInt(hexadecimal, 16));
    });
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Without folders and control characters, 120 characters at most: a name is shown and offered for saving, never opened. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/\p{Cc}/gu, " ").trim();
  return [...clean].slice(-120).join("");
}
