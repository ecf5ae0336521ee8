import { describe, expect, it } from "vitest";
import { parseCsv } from "../../worker/csv.ts";

/** Line numbers and cells, in short. */
function read(text: string | Uint8Array) {
  const parsed = parseCsv(typeof text === "string" ? Buffer.from(text) : text);
  return parsed.ok ? parsed.value.map(({ line, cells }) => [line, ...cells]) : parsed.refusal;
}

describe("a CSV file", () => {
  it.each<[string, string]>([
    ["semicolons and CRLF", "nama;nip\r\nSiti;1\r\nBudi;2\r\n"],
    ["commas and LF", "nama,nip\nSiti,1\nBudi,2"],
    ["a byte order mark", "\ufeffnama;nip\nSiti;1\nBudi;2"],
    ["line ends of an old Macintosh", "nama;nip\rSiti;1\rBudi;2"],
    ["quotes around every cell", '"nama";"nip"\n"Siti";"1"\n"Budi";"2"'],
  ])("is read with %s", (_, text) => {
    expect(read(text)).toEqual([
      [1, "nama", "nip"],
      [2, "Siti", "1"],
      [3, "Budi", "2"],
    ]);
  });

  it("numbers the lines as an editor does: empty ones and those within quotes count", () => {
    expect(read('nama;nip\r\n\r\n"Siti\r\nAminah";1\r\n;;\r\nBudi;2\r\n')).toEqual([
      [1, "nama", "nip"],
      [3, "Siti\nAminah", "1"],
      [6, "Budi", "2"],
    ]);
  });

  it("keeps what stands in quotes: the delimiter, and quotes that are doubled", () => {
    expect(read('nama;nip\n"Sinaga; Rudi ""Ucok""";1')).toEqual([
      [1, "nama", "nip"],
      [2, 'Sinaga; Rudi "Ucok"', "1"],
    ]);
  });

  it("keeps a quote that stands in the middle, lines of any length, and formulas as text", () => {
    expect(read('nama,nip\nRudi "Ucok",1,2,3\n=1+1\n')).toEqual([
      [1, "nama", "nip"],
      [2, 'Rudi "Ucok"', "1", "2", "3"],
      [3, "=1+1"],
    ]);
  });

  it("is read from Windows-1252", () => {
    expect(read(Buffer.from("nama;nip\nJosé;1", "latin1"))).toEqual([
      [1, "nama", "nip"],
      [2, "José", "1"],
    ]);
  });

  it.each(["", "\n\n", " ;; \n"])("may be empty: %j", (text) => {
    expect(read(text)).toEqual([]);
  });

  it("with a quote that is not closed is refused, with the line", () => {
    expect(read('nama;nip\nSiti;1\n"Budi;2\nRina;3')).toMatchObject({ code: "file-quote-open" });
  });

  it("that is no text is refused", () => {
    expect(read(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toMatchObject({ code: "file-not-text" });
  });
});
