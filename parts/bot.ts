import { type Bot, type BotOptions, openBot } from "../bot/bot.ts";
import type { Telegram } from "../config/env.ts";
import { chooseJournalChat } from "../core/actions/journal/pin-journal-head.ts";
import { type CodeForPerson, prepareAdministrators } from "../core/actions/prepare-installation.ts";
import { chooseStaffGroup } from "../core/actions/staff-group.ts";
import { underLock } from "../core/db/locks.ts";
import type { Tx } from "../core/db/tables.ts";
import { type Desk, type Foundation, startLock } from "./foundation.ts";
import { officeWordsOf } from "./office.ts";
import type { Running } from "./process.ts";

/**
 * @param given.limits others than Telegram's, for measurements
 * @param given.at where a crash test ends the process
 * @throws TokenRefused
 */
export async function openBotOf(
  { owner, db, events, profile, pages }: Foundation,
  { setting, rules }: Desk,
  { log }: Running,
  given: { telegram: Telegram; filesFolder: string } & Pick<BotOptions, "at" | "limits">,
): Promise<Bot> {
  const office = { ...officeWordsOf(profile, { hasPages: pages.areReached }), monitoring: rules.monitoring };
  const { telegram, ...others } = given;
  const bot = openBot({ ...telegram, ...{ config: owner, db, events, office, setting, log }, ...others });
  await bot.checkToken();
  return bot;
}

/**
 * The chats that the environment names, and those who begin.
 *
 * @param people who they are; absent: the administrators
 */
export async function settleIn(
  { owner, db, profile }: Foundation,
  { setting }: Desk,
  chats: { journalChat: number | undefined; staffGroup: number | undefined },
  people?: (tx: Tx) => Promise<CodeForPerson[]>,
): Promise<CodeForPerson[]> {
  return underLock(owner, startLock, () =>
    db.transaction().execute(async (tx) => {
      const now = setting(new Date());
      await chooseJournalChat(tx, now, chats.journalChat);
      await chooseStaffGroup(tx, now, chats.staffGroup);
      return people === undefined ? prepareAdministrators(tx, now, { officeCode: profile.itOffice }) : people(tx);
    }),
  );
}
