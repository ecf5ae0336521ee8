import { afterAll, beforeAll, expect, test } from "vitest";
import { rackShares, showNumber } from "../../../../bot/replies/rack/rack-words.ts";
import { explain } from "../../../../bot/replies/refusals.ts";
import type { Place } from "../../../../core/domain/rack/place.ts";
import type { FilledRack } from "../../../../core/domain/rack/rack.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords as words } from "../../../support/office-words.ts";
import { withRacks } from "../../../support/racks.ts";

let office: TestOffice;
let placeId: number;
beforeAll(async () => {
  office = await openOffice();
  const racks = await withRacks(office);
  const { rackId } = await racks.rack();
  placeId = accepted(await racks.reserve(rackId, 38, { answers: { name: "Server ".repeat(11).trim() } }));
});
afterAll(() => office.close());

const device = "SRV-DISKOMINFO-APLIKASI-1";
const feed = { feed: "Jalur panjang dari UPS", loadWatts: 1950, capacityWatts: 2000, watts: 450 };

/** Each refusal about racks, with what its sentence must say: what is wrong, and what would be right. */
test.each<[string, Record<string, string | number>, string[]]>([
  ["height-unreadable", {}, ["tidak terbaca", "contoh: 1, 2, atau 1,5"]],
  ["height-zero", {}, ["sedikitnya setengah U", "Contoh: 0,5"]],
  ["height-not-half", {}, ["per setengah U", "Contoh: 1,5"]],
  ["height-too-large", { most: 60 }, ["paling banyak 60U", "Contoh: 2"]],
  ["unit-unreadable", {}, ["tidak terbaca", "contoh: U20 atau 20,5"]],
  ["unit-not-half", {}, ["per setengah U", "U20,5 untuk paruh atasnya"]],
  ["unit-out-of-range", { most: 42 }, ["dari U1 sampai U42", "Contoh: U1"]],
  ["rack-code-form", {}, ["1 sampai 6 huruf atau angka", "Contoh: DC atau A2"]],
  ["room-known", { code: "DC" }, ["kode DC sudah ada", "contoh: DRC"]],
  ["rack-known", { room: "DC", code: "A2" }, ["sudah ada rak A2", "contoh: B1"]],
  ["feed-known", { rack: "A2", feed: "A" }, ["sudah punya jalur daya A", "contoh: B"]],
  ["no-such-room", {}, ["sudah dihapus", "/rak"]],
  ["no-such-rack", {}, ["sudah dihapus", "/rak"]],
  ["no-such-feed", {}, ["sudah dihapus", "/rak"]],
  ["rack-not-found", { example: "DC A2" }, ["tidak ditemukan", "contoh: /rak DC A2 atau /rak DC A2 U1"]],
  ["rack-ambiguous", { racks: "DC A2, LT2 A2", example: "DC A2" }, ["beberapa rak", "contoh: /rak DC A2"]],
  ["room-in-use", { room: "DC", count: 2 }, ["masih punya 2 rak", "Hapus dahulu"]],
  ["rack-in-use", { rack: "A2", count: 3 }, ["masih berisi 3 perangkat atau pesanan", "Keluarkan, pindahkan"]],
  ["rack-too-low", { rack: "A2", span: "U41-42" }, ["berisi perangkat di U41-42", "contoh: 42"]],
  ["feed-in-use", { feed: "A", count: 3 }, ["masih dipakai 3 perangkat atau pesanan", "Pindahkan dahulu"]],
  ["feed-overloaded", { ...feed, capacityWatts: 1500 }, ["dibebani 1.950 W, lebih dari 1.500 W", "sedikitnya 1950"]],
  ["place-higher-than-rack", { rack: "A2", height: "7", heightU: 6 }, ["7U, sedangkan rak A2 hanya 6U", "contoh: 6"]],
  ["place-outside", { rack: "A2", height: "2", heightU: 42, highest: "41" }, ["keluar dari rak A2", "U1 sampai U41"]],
  ["place-taken", { placeId: -1 }, ["bertabrakan dengan", "A1 U20-21, Server Server", "Pilih unit atau sisi"]],
  ["place-is-same", {}, ["sudah di tempat tersebut", "Pilih tempat yang lain"]],
  ["place-changed", {}, ["sudah berubah", "/rak"]],
  ["place-of-ticket", { ticketId: 42 }, ["untuk tiket T-0042", "Buka tiket itu", "setelah pimpinan menyetujui"]],
  ["ticket-has-place", { ticketId: 42, placeId: -1 }, ["T-0042 sudah dipesan", "U20-21", "batalkan dahulu"]],
  ["feed-missing", {}, ["perlu jalur daya", "1 atau 2 jalur"]],
  ["feed-unknown", {}, ["bukan milik rak ini", "/rak"]],
  ["feeds-too-few", { rack: "A2", feeds: 1, count: 2 }, ["punya 1 jalur daya, sedangkan yang diminta 2", "/rak"]],
  ["feed-full", feed, ["terpakai 1.950 W dari 2.000 W, tersisa 50 W", "perlu 450 W", "Pilih rak lain"]],
  ["device-unknown", {}, ["tidak ada di inventaris", "Pilih perangkat yang lain"]],
  ["device-not-mounted", { name: device }, [`${device} bukan perangkat`, "contoh: server atau switch"]],
  ["device-has-place", { name: device, placeId: -1 }, [`${device} sudah ada di`, "A1 U20-21", "Pindahkan dari sana"]],
  ["device-without-ports", { name: device }, [`${device} tidak punya port`, "Pilih switch yang lain"]],
  ["port-outside", { name: device, ports: 24 }, ["port 1 sampai 24", "Contoh: 1"]],
  ["port-taken", { name: device, port: 7 }, [`Port 7 dari ${device} sudah dipakai atau dipesan`, "Pilih port"]],
])("%s says what is wrong and what would be right", async (code, values, expected) => {
  const about = values.placeId === undefined ? values : { ...values, placeId };
  const sentence = await explain(office.db, { code, values: about }, words);
  for (const part of expected) expect(sentence).toContain(part);
  // Telegram shows no more in the answer to a press.
  expect(sentence.length).toBeLessThanOrEqual(200);
});

test("numbers and shares are written as they are read here", () => {
  expect([0, 12.5, 1200].map(showNumber)).toEqual(["0", "12,5", "1.200"]);
  const place: Place = {
    id: 1,
    rackId: 1,
    kind: "occupied",
    bottom: 0,
    height: 1,
    face: "front",
    watts: 9,
    feedIds: [1],
  };
  const rack: FilledRack = {
    ...{ id: 1, roomId: 1, roomCode: "DC", roomName: "Ruang", code: "A2", heightU: 42, isRemoved: false },
    places: [place],
    feeds: [{ id: 1, rackId: 1, name: "A", capacityWatts: 2000, loadWatts: 9 }],
  };
  expect(rackShares([rack])).toBe("1% unit terpakai (41,75U bebas), 1% daya");
  expect(rackShares([{ ...rack, places: [], feeds: [] }])).toBe("0% unit terpakai (42U bebas)");
});
