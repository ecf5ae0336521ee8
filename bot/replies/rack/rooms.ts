import { fillRacks, listRacks } from "../../../core/db/rack/racks.ts";
import { findRoom, listRooms } from "../../../core/db/rack/rooms.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { mayLookAtRacks, mayManageRacks } from "../../../core/domain/rack/rack-rules.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import { inRows } from "../ticket/card.ts";
import { rackButton, rackShares, roomButton, roomsButton } from "./rack-words.ts";

const shownOnPage = 8;
const longestName = 40;

/** All rooms, and how full their racks are. */
export async function renderRooms(db: Db, viewer: Person, { page }: { page: number }): Promise<Rendered | undefined> {
  if (!mayLookAtRacks(viewer)) return undefined;
  const rooms = await listRooms(db);
  const racks = await fillRacks(db, await listRacks(db));
  const shown = rooms.slice(page * shownOnPage, (page + 1) * shownOnPage);
  const rows = shown.map(({ id, code, name }) => {
    const own = racks.filter(({ roomId }) => roomId === id);
    const usage = own.length === 0 ? "belum ada rak" : `${own.length} rak, ${rackShares(own)}`;
    return html`🏠 <b>${code}</b> ${shorten(name, longestName)}: ${usage}`;
  });
  const none = html`Belum ada ruang. Tambahkan satu, contoh: DC, Ruang server utama.`;
  return {
    as: "text",
    html: lines(
      html`<b>🗄 Rak server${page > 0 ? `, halaman ${page + 1}` : ""}</b>`,
      ...(rows.length === 0 ? [none] : rows),
    ).markup,
    buttons: [
      ...inRows(shown.map(({ id, code }) => roomButton(id, `🏠 ${code}`))),
      pageButtons(page, rooms.length > (page + 1) * shownOnPage, (to) => ({ do: "rooms", page: to, turns: true })),
      ...(mayManageRacks(viewer) ? [...(racks.length === 0 ? [] : [putButtons()]), [addRoom]] : []),
    ],
  };
}

const addRoom: Button = { label: "➕ Tambah ruang", press: { do: "add-room" } };

/** Into that rack, or into whichever suits. */
export function putButtons(rackId?: number): Button[] {
  const where = rackId === undefined ? {} : { rackId };
  return [
    { label: "📥 Pasang perangkat", press: { do: "put-in-rack", as: "occupied", ...where } },
    { label: "🔖 Pesan tempat", press: { do: "put-in-rack", as: "reserved", ...where } },
  ];
}

/** A room: its racks, and how full each is. */
export async function renderRoom(
  db: Db,
  viewer: Person,
  { roomId, page }: { roomId: number; page: number },
): Promise<Rendered | undefined> {
  const room = await findRoom(db, roomId);
  if (room === undefined || !mayLookAtRacks(viewer)) return undefined;
  if (room.isRemoved) {
    return { as: "text", html: html`Ruang <b>${room.code}</b> sudah dihapus.`.markup, buttons: [[roomsButton]] };
  }
  const racks = await fillRacks(db, await listRacks(db, roomId));
  const shown = racks.slice(page * shownOnPage, (page + 1) * shownOnPage);
  return {
    as: "text",
    html: lines(
      html`🏠 <b>${room.code}</b> ${room.name}`,
      racks.length === 0 ? html`Belum ada rak di ruang ini.` : html`${racks.length} rak, ${rackShares(racks)}\n`,
      ...shown.map((rack) => html`🗄 <b>${rack.code}</b> ${rack.heightU}U: ${rackShares([rack])}`),
    ).markup,
    buttons: [
      ...inRows(shown.map(({ id, code }) => rackButton(id, `🗄 ${code}`))),
      pageButtons(page, racks.length > (page + 1) * shownOnPage, (to) => {
        return { do: "room", roomId, page: to, turns: true };
      }),
      ...(mayManageRacks(viewer) ? manageButtons(roomId) : []),
      [roomsButton],
    ],
  };
}

function manageButtons(roomId: number): Button[][] {
  return [
    [{ label: "➕ Tambah rak", press: { do: "add-rack", roomId } }],
    [
      { label: "✏️ Ubah nama ruang", press: { do: "rename-room", roomId } },
      { label: "🗑 Hapus ruang", press: { do: "ask-removing-room", roomId } },
    ],
  ];
}

/** Asks once more. */
export async function renderRoomRemoving(
  db: Db,
  viewer: Person,
  { roomId }: { roomId: number },
): Promise<Rendered | undefined> {
  const room = await findRoom(db, roomId);
  if (room === undefined || !mayManageRacks(viewer)) return undefined;
  return askOnceMore(
    html`🗑 Hapus ruang <b>${room.code}</b> ${room.name}?`,
    { label: "Ya, hapus ruang", press: { do: "remove-room", roomId } },
    { do: "room", roomId, page: 0 },
  );
}
