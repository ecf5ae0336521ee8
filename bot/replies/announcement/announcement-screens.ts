import { worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import { screensOf } from "../screens-of.ts";
import {
  renderAnnouncementAsked,
  renderAnnouncementDecided,
  renderAnnouncementPage,
  renderDeskAnnouncements,
} from "./announcement-pages.ts";
import {
  renderAnnouncementApproving,
  renderAnnouncementDiscarding,
  renderAnnouncementParts,
} from "./announcement-questions.ts";
import { renderAnnouncementReading } from "./announcement-reading.ts";
import { renderAnnouncement, renderAnnouncementChanged, renderInForce, renderToForward } from "./announcements.ts";

export const announcementScreens = screensOf({
  announcements: (db, viewer, screen, office, now) =>
    worksAtDesk(viewer)
      ? renderDeskAnnouncements(db, viewer, screen, now)
      : renderInForce(db, viewer, screen, office, now),
  announcement: renderAnnouncement,
  "announcement-changed": renderAnnouncementChanged,
  "announcement-page": (db, viewer, screen, office, now) => renderAnnouncementPage(db, viewer, screen, { office, now }),
  "announcement-asked": (db, viewer, screen, office, now) =>
    renderAnnouncementAsked(db, viewer, screen, { office, now }),
  "announcement-decided": renderAnnouncementDecided,
  "announcement-to-forward": renderToForward,
  "announcement-parts": renderAnnouncementParts,
  "announcement-discarding": renderAnnouncementDiscarding,
  "announcement-approving": renderAnnouncementApproving,
  "announcement-reading": renderAnnouncementReading,
});
