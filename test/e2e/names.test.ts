import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { openNameServer, untilAnswered } from "./support/name-server.ts";
import { type Playground, playgroundAt } from "./support/playground.ts";
import { npmStart } from "./support/simpul.ts";
import { until } from "./support/until.ts";

const me = labura.infrastructure;
const zone = "labura.go.id";

test("a name that is given in the chat is answered by a name server of the intranet, and so is where it leads later", async () => {
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path } });
  const playground = playgroundAt(await simpul.isReady());
  await playground.start(me);
  await playground.sees(me, "Selamat datang");
  await addPrefix(playground, "10.10.6.0/24");
  for (const address of ["10.10.6.53", "10.10.6.20", "10.10.6.21"]) await giveAddress(playground, address);

  const file = join(home.path, "dns", `${zone}.zone`);
  await giveName(playground, "ns1", "Layanan lain", "10.10.6.53");
  await until("the zone is written", () => existsSync(file));
  await using server = await openNameServer(join(home.path, "dns"));
  expect(await untilAnswered("ns1 is answered", () => server.ask.resolve4(`ns1.${zone}`))).toEqual(["10.10.6.53"]);

  await giveName(playground, "simpeg", "Aplikasi", "10.10.6.20");
  expect(await untilAnswered("simpeg is answered", () => server.ask.resolve4(`simpeg.${zone}`))).toEqual([
    "10.10.6.20",
  ]);
  expect(await server.ask.resolvePtr("20.6.10.10.in-addr.arpa")).toEqual([`simpeg.${zone}`]);
  const { serial } = await server.ask.resolveSoa(zone);

  await playground.press(me, "Ubah tujuan");
  await playground.asks(me, "Menunjuk ke mana?");
  await playground.say(me, "10.10.6.21");
  await playground.press(me, "Kirim");
  await until("the change is answered", async () => {
    const found = await server.ask.resolve4(`simpeg.${zone}`).catch(() => []);
    return found[0] === "10.10.6.21";
  });
  expect((await server.ask.resolveSoa(zone)).serial).toBe(serial + 1);
  expect(execFileSync("named-checkzone", ["-i", "local", zone, file], { encoding: "utf8" })).toContain("OK");
  expect(await readFile(file, "utf8")).toContain("simpeg.labura.go.id. IN A 10.10.6.21\n");
  simpul.interrupt();
  expect(await simpul.hasEnded()).toEqual({ code: 0, signal: null });
});

/** Says each once it is asked for. */
async function answer(playground: Playground, answers: readonly (readonly [asked: string, answer: string])[]) {
  for (const [asked, said] of answers) {
    await playground.asks(me, asked);
    if (said.startsWith(">")) await playground.press(me, said.slice(1));
    else await playground.say(me, said);
  }
}

async function addPrefix(playground: Playground, network: string): Promise<void> {
  await playground.say(me, "/ip");
  await playground.press(me, "Tambah prefix");
  await answer(playground, [
    ["Di zona mana?", "Utama"],
    ["Apa prefixnya", network],
    ["Untuk apa prefix ini?", "DMZ"],
  ]);
  await playground.asks(me, "254 bebas");
}

async function giveAddress(playground: Playground, address: string): Promise<void> {
  await playground.say(me, `/ip ${address}`);
  await playground.asks(me, "Bebas");
  await playground.press(me, "Berikan alamat ini");
  await answer(playground, [
    ["Untuk perangkat daerah mana?", "Diskominfo"],
    ["Dipakai untuk apa?", "Server"],
    ["Apa dasarnya", "555/210/2026"],
  ]);
  await playground.press(me, "Kirim");
  await playground.asks(me, "Dasar: 555/210/2026");
}

async function giveName(playground: Playground, label: string, kind: string, target: string): Promise<void> {
  await playground.say(me, "/nama");
  await playground.asks(me, "Nama domain");
  await playground.press(me, "Berikan nama");
  await answer(playground, [
    ["Nama untuk apa?", `>${kind}`],
    ["Untuk perangkat daerah mana?", "Diskominfo"],
    ["Nama apa di bawah", label],
    ["Dipakai untuk apa?", "Uji"],
    ["Apa dasarnya", "555/210/2026"],
    ["Menunjuk ke mana?", target],
  ]);
  await playground.press(me, "Kirim");
  await playground.asks(me, `Tujuan: ${target}`);
}
