import { description, note, optionalNote, procedure } from "./procedure.ts";

/**
 * R37, a weakness that causes or could cause trouble, reported to leadership at once by whoever sees it. Two taps and the
 * words: no title, which could name somebody, no categories and no last look.
 *
 * Source: Perbup Purwakarta 215/2021, annex B.3; what leadership does with it is office practice.
 */
export const weakness = procedure({
  name: "weakness",
  source: "P B.3",
  menu: "own",
  form: [description],
  isSentAtOnce: true,
  isHiddenFromOffice: true,
  initial: "reported",
  states: {
    reported: { holder: "leadership" },
    acting: { holder: "leadership" },
    "following-up": { holder: "help-desk" },
    closed: {},
  },
  steps: [
    {
      name: "acknowledge",
      role: "leadership",
      from: "reported",
      to: "acting",
      asks: [optionalNote],
      tellsRequester: true,
    },
    {
      name: "ask-help-desk",
      role: "leadership",
      from: "acting",
      to: "following-up",
      asks: [note],
      source: "office practice",
    },
    {
      name: "report-follow-up",
      role: "help-desk",
      from: "following-up",
      to: "acting",
      asks: [note],
      source: "office practice",
    },
    {
      name: "close",
      role: "leadership",
      from: "acting",
      to: "closed",
      asks: [{ ...note, suggestions: "last-note" }],
      tellsRequester: true,
      resolves: true,
      source: "office practice",
    },
  ],
});
