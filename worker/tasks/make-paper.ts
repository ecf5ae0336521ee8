import { Readable } from "node:stream";
import { DateTime } from "luxon";
import { recordPaper } from "../../core/actions/record-paper.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { PosterDetails } from "../../core/db/paper-content.ts";
import { findPaper, type Paper } from "../../core/db/papers.ts";
import type { Db } from "../../core/db/tables.ts";
import { storeFile } from "../file-store.ts";
import { runInThread } from "../in-thread.ts";
import { availabilityCsv } from "../papers/availability-list.ts";
import { cableLabelsText } from "../papers/cable-labels-text.ts";
import { drawChart } from "../papers/chart.ts";
import { targetPictureText } from "../papers/chart-text.ts";
import { handoverRecordText } from "../papers/handover-record-text.ts";
import { outageEvidenceText, outageSamplesCsv } from "../papers/outage-evidence-text.ts";
import type { PosterText } from "../papers/poster.ts";
import { prefixMapText } from "../papers/prefix-map-text.ts";
import { drawRack } from "../papers/rack-picture.ts";
import { rackPictureText } from "../papers/rack-picture-text.ts";
import { drawStatus } from "../papers/status-picture.ts";
import { statusPictureText } from "../papers/status-picture-text.ts";

export type MakePaperOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
  /** IANA name. */
  zone: string;
};

const posterThread = new URL("../papers/thread.ts", import.meta.url);
const handoverRecordThread = new URL("../papers/handover-record-thread.ts", import.meta.url);
const cableLabelsThread = new URL("../papers/cable-labels-thread.ts", import.meta.url);
const prefixMapThread = new URL("../papers/prefix-map-thread.ts", import.meta.url);
const pictureThread = new URL("../papers/picture-thread.ts", import.meta.url);
const outageEvidenceThread = new URL("../papers/outage-evidence-thread.ts", import.meta.url);

/** Makes one paper and has it sent. A throw makes the queue try again; the last word is `giveUpPaper`. */
export async function makePaper(
  { paperId }: { paperId: number },
  { db, setting, filesFolder, zone }: MakePaperOptions,
): Promise<void> {
  const paper = await findPaper(db, paperId);
  if (paper === undefined || paper.state !== "waiting") return;
  const drawn = await draw(paper, { db, zone, setting });
  const { sha256 } = await storeFile(Readable.from([drawn]), filesFolder);
  await db.transaction().execute((tx) => recordPaper(tx, setting(new Date()), { paperId, sha256 }));
}

/** Every try failed: who asked for it is told. */
export async function giveUpPaper(
  { paperId }: { paperId: number },
  { db, setting }: Pick<MakePaperOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordPaper(tx, setting(new Date()), { paperId, sha256: null }));
}

/** The libraries that draw are loaded in the thread only, and are gone with it. */
async function draw(paper: Paper, { db, zone, setting }: Omit<MakePaperOptions, "filesFolder">): Promise<Buffer> {
  const { now, rules } = setting(new Date());
  switch (paper.kind) {
    case "poster": {
      const text = posterText(paper.details, zone);
      return Buffer.from(await runInThread<Uint8Array>(posterThread, text, "drawing a poster"));
    }
    case "prefix-map": {
      const text = await prefixMapText(db, paper.details);
      return Buffer.from(await runInThread<Uint8Array>(prefixMapThread, text, "drawing a prefix"));
    }
    case "handover-record": {
      const text = await handoverRecordText(db, paper.details);
      return Buffer.from(await runInThread<Uint8Array>(handoverRecordThread, text, "drawing the record of a handover"));
    }
    case "cable-labels": {
      const text = await cableLabelsText(db, paper.details);
      return Buffer.from(await runInThread<Uint8Array>(cableLabelsThread, text, "drawing labels of cables"));
    }
    case "rack-picture": {
      const svg = drawRack(await rackPictureText(db, paper.details, { zone, now }));
      if (paper.details.as === "svg") return Buffer.from(svg);
      return drawPng(svg, "drawing a rack");
    }
    case "target-picture":
      return drawPng(drawChart(await targetPictureText(db, paper.details, { zone, now })), "drawing a target");
    case "status-picture":
      return drawPng(drawStatus(await statusPictureText(db, paper, { zone, now })), "drawing the status");
    case "availability-list": {
      const how = { zone, now, policy: rules.monitoring.policy };
      return Buffer.from(await availabilityCsv(db, { ...paper.details, personId: paper.personId }, how));
    }
    case "outage-evidence": {
      const how = { zone, now, keepDays: rules.monitoring.keepDays.samples };
      if (paper.details.as === "csv") return Buffer.from(await outageSamplesCsv(db, paper.details, how));
      const text = await outageEvidenceText(db, paper.details, how);
      return Buffer.from(
        await runInThread<Uint8Array>(outageEvidenceThread, text, "drawing the evidence of an outage"),
      );
    }
  }
}

async function drawPng(svg: string, what: string): Promise<Buffer> {
  return Buffer.from(await runInThread<Uint8Array>(pictureThread, { svg }, what));
}

function posterText({ officeName, regency, link, issuedAt }: PosterDetails, zone: string): PosterText {
  const issuedOn = DateTime.fromISO(issuedAt, { zone }).setLocale("id").toFormat("d MMMM yyyy");
  return { officeName, regency, link, issuedOn };
}
