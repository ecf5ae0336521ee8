/**
 * A long poll of Telegram lasts 50 s and is cut after 75 s: after twice that without one that came through, the bot is deaf.
 *
 * source: office practice
 */
export const deafAfterMs = 150_000;

/** Telegram keeps updates for a day: what was sent before a longer silence ended may be lost. source: Bot API, "Getting updates" */
export const keptByTelegramMs = 24 * 60 * 60_000;
