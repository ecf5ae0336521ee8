import { flagOf, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { Method } from "./call.ts";

export const getMe: Method = ({ bot }) => ({
  ...bot,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
});

/** Delivery by webhook is not built yet: only its removal (an empty url) is accepted. */
export const setWebhook: Method = (world, call) => {
  if (textOf(call.parameters, "url") !== "")
    throw badRequest("webhooks are not supported by this server, use getUpdates");
  return deleteWebhook(world, call);
};

export const deleteWebhook: Method = (world, { parameters }) => {
  if (flagOf(parameters, "drop_pending_updates")) {
    world.record([{ change: "forget-updates", below: world.state.lastUpdateId + 1 }]);
  }
  return true;
};

export const getWebhookInfo: Method = ({ state }) => ({
  url: "",
  has_custom_certificate: false,
  pending_update_count: state.updates.length,
  ...(state.allowedUpdates.length === 0 ? {} : { allowed_updates: state.allowedUpdates }),
});
