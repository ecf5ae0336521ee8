import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findPrefix } from "../../core/db/ipam/prefixes.ts";
import { findPaper, type Paper } from "../../core/db/papers.ts";
import { findHandover } from "../../core/db/rack/handovers.ts";
import { findRack } from "../../core/db/rack/racks.ts";
import type { Db } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import { mayManageAddresses } from "../../core/domain/ipam/ipam-rules.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import { hasRole, type Person } from "../../core/domain/people/person.ts";
import { maySeeHandover } from "../../core/domain/rack/handover-rules.ts";
import { mayLookAtRacks } from "../../core/domain/rack/rack-rules.ts";
import type { Button, Rendered } from "../rendered.ts";
import { cableLabelsSending } from "./cable/cable-labels.ts";
import { type Html, html } from "./html.ts";
import {
  availabilitySending,
  evidenceSending,
  statusPictureSending,
  targetPictureSending,
} from "./monitoring/monitor-papers.ts";
import type { OfficeWords } from "./office-words.ts";

/** How a paper is sent, and what is said where it was not made. */
export type Sending = {
  fileKind: "document" | "photo";
  name: string;
  caption: Html;
  failed: Html;
  /** Below it: it comes later than its page, and moves that out of sight. */
  buttons?: Button[][];
};

/** The paper that was asked for, from our own store. */
export async function renderPaper(
  db: Db,
  viewer: Person,
  { paperId }: { paperId: number },
  { filesFolder, office, now }: { filesFolder: string; office: OfficeWords; now: Date },
): Promise<Rendered | undefined> {
  const paper = await findPaper(db, paperId);
  if (paper === undefined || paper.personId !== viewer.id) return undefined;
  const sending = await sendingOf(db, viewer, paper, office, now);
  if (sending === undefined) return undefined;
  const { fileKind, name, caption, failed, buttons } = sending;
  if (paper.sha256 === null) return { as: "text", html: failed.markup };
  const bytes = await readFile(join(filesFolder, paper.sha256));
  return { as: "file", fileKind, bytes, name, caption: caption.markup, ...(buttons ? { buttons } : {}) };
}

async function sendingOf(
  db: Db,
  viewer: Person,
  paper: Paper,
  office: OfficeWords,
  now: Date,
): Promise<Sending | undefined> {
  switch (paper.kind) {
    case "poster": {
      if (!hasRole(viewer, "administrator")) return undefined;
      const { officeName, link } = paper.details;
      return {
        fileKind: "document",
        name: `poster-${officeName.replace(/[^\p{L}\p{N}]+/gu, "-")}.pdf`,
        caption: html`Poster ${officeName}\n${link}`,
        failed: html`⚠️ Poster ${officeName} tidak berhasil dibuat. Buka lagi lewat /orang, lalu tekan Buat PDF lagi.`,
      };
    }
    case "prefix-map": {
      const prefix = await findPrefix(db, paper.details.prefixId);
      if (prefix === undefined || !mayManageAddresses(viewer)) return undefined;
      const network = showPrefix(prefix);
      return {
        fileKind: "photo",
        name: `prefix-${network.replace(/[^0-9a-f]+/g, "-")}.png`,
        caption: html`🖼 <b>${network}</b> ${prefix.name}`,
        failed: html`⚠️ Gambar prefix ${network} tidak berhasil dibuat. Buka lagi lewat /ip, lalu tekan Gambar prefix.`,
      };
    }
    case "handover-record":
      return handoverSending(db, viewer, paper.details);
    case "cable-labels":
      return cableLabelsSending(db, viewer, paper.details);
    case "target-picture":
      return targetPictureSending(db, viewer, paper.details, office, now);
    case "status-picture":
      return statusPictureSending(db, office, now);
    case "availability-list":
      return availabilitySending(paper.details, office);
    case "outage-evidence":
      return evidenceSending(db, viewer, paper.details);
    case "rack-picture": {
      const rack = await findRack(db, paper.details.rackId);
      if (rack === undefined || !mayLookAtRacks(viewer)) return undefined;
      const { as } = paper.details;
      return {
        fileKind: as === "png" ? "photo" : "document",
        name: `rak-${rack.roomCode}-${rack.code}.${as}`,
        caption: html`🖼 <b>${rack.roomCode} ${rack.code}</b> ${rack.roomName}`,
        failed: html`⚠️ Gambar rak ${rack.roomCode} ${rack.code} tidak berhasil dibuat. Buka lagi lewat /rak, lalu tekan Gambar rak.`,
      };
    }
  }
}

async function handoverSending(
  db: Db,
  viewer: Person,
  { handoverId }: { handoverId: number },
): Promise<Sending | undefined> {
  const handover = await findHandover(db, handoverId);
  if (handover === undefined) return undefined;
  const { ticketId, recordNumber, officeName } = handover;
  const ticket = ticketId === null ? undefined : await findTicket(db, ticketId);
  if (!maySeeHandover(viewer, ticket)) return undefined;
  return {
    fileKind: "document",
    name: `BAST-${recordNumber.replace(/[^\p{L}\p{N}]+/gu, "-")}.pdf`,
    caption: html`📄 Berita acara serah terima <b>${recordNumber}</b>, ${officeName}. Cetak, lalu tanda tangani kedua pihak.`,
    failed: html`⚠️ Berita acara ${recordNumber} tidak berhasil dibuat. Buka lagi tiketnya, lalu tekan Cetak BAST.`,
  };
}
