import { z } from "zod";
import { announcementParts } from "../../core/domain/announcement/announcement.ts";

const announcement = { announcementId: z.int() };
/** Good for the version it was made for. */
const versioned = { ...announcement, version: z.int() };
const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };

/** What the buttons of announcements do. */
export const announcementPresses = [
  z.object({ do: z.literal("announcements"), ...paged }),
  z.object({ do: z.literal("announcement"), ...announcement }),
  z.object({ do: z.literal("read-announcement"), ...versioned }),
  z.object({ do: z.literal("write-announcement") }),
  z.object({ do: z.literal("choose-announcement-part"), ...versioned }),
  z.object({ do: z.literal("change-announcement"), ...versioned, part: z.enum(announcementParts) }),
  z.object({ do: z.literal("ask-announcement"), ...versioned }),
  z.object({ do: z.literal("ask-discarding-announcement"), ...versioned }),
  z.object({ do: z.literal("discard-announcement"), ...versioned }),
  z.object({
    do: z.literal("ask-approving-announcement"),
    ...versioned,
    isOnPage: z.literal(true).optional(),
  }),
  z.object({
    do: z.literal("decide-announcement"),
    ...versioned,
    decision: z.enum(["approved", "rejected"]),
    /** Pressed on the announcement's page, which is shown anew. */
    isOnPage: z.literal(true).optional(),
  }),
  z.object({ do: z.literal("withdraw-announcement"), ...announcement }),
  z.object({ do: z.literal("announcement-reading"), ...announcement, ...paged }),
  z.object({ do: z.literal("announcement-to-forward"), ...announcement }),
] as const;
