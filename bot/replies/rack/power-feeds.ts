import { findFeed, listFeeds } from "../../../core/db/rack/power-feeds.ts";
import { findRack } from "../../../core/db/rack/racks.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { mayManageRacks } from "../../../core/domain/rack/rack-rules.ts";
import type { Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { html, lines } from "../html.ts";
import { feedLine } from "./rack-page.ts";
import { rackButton } from "./rack-words.ts";

/** The power feeds of a rack, what they carry, and what can be done with each. */
export async function renderPowerFeeds(
  db: Db,
  viewer: Person,
  { rackId }: { rackId: number },
): Promise<Rendered | undefined> {
  const rack = await findRack(db, rackId);
  if (rack === undefined || rack.isRemoved || !mayManageRacks(viewer)) return undefined;
  const feeds = await listFeeds(db, [rackId]);
  return {
    as: "text",
    html: lines(
      html`<b>⚡ Jalur daya rak ${rack.roomCode} ${rack.code}</b>`,
      ...(feeds.length === 0 ? [html`Belum ada jalur daya.`] : feeds.map(feedLine)),
      html`\nPerangkat pada dua jalur dihitung penuh di keduanya: bila satu jalur mati, yang lain menanggung semuanya.`,
    ).markup,
    buttons: [
      ...feeds.map(({ id: feedId, name }) => [
        { label: `✏️ Ubah jalur ${name}`, press: { do: "change-power-feed", feedId } } as const,
        { label: `🗑 Hapus jalur ${name}`, press: { do: "ask-removing-power-feed", feedId } } as const,
      ]),
      [{ label: "➕ Tambah jalur daya", press: { do: "add-power-feed", rackId } }],
      [rackButton(rackId, `⬆️ ${rack.roomCode} ${rack.code}`)],
    ],
  };
}

/** Asks once more. */
export async function renderPowerFeedRemoving(
  db: Db,
  viewer: Person,
  { feedId }: { feedId: number },
): Promise<Rendered | undefined> {
  const feed = await findFeed(db, feedId);
  if (feed === undefined || !mayManageRacks(viewer)) return undefined;
  return askOnceMore(
    html`🗑 Hapus jalur daya <b>${feed.name}</b>?`,
    { label: "Ya, hapus jalur daya", press: { do: "remove-power-feed", feedId } },
    { do: "power-feeds", rackId: feed.rackId },
  );
}
