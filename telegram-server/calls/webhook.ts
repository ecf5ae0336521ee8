import { flagOf, integerOf, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import { addressOf, webhookInfo } from "../webhook.ts";
import type { World } from "../world.ts";
import { rememberAllowedUpdates } from "./allowed-updates.ts";
import type { Call, Method } from "./call.ts";

const longestSecret = 256;
const usualConnections = 40;
const mostConnections = 100;
/** source: Bot API, "setWebhook" */
const ports = ["443", "80", "88", "8443"];

/**
 * As on Telegram the old webhook goes before the new one is looked at: where that is refused, none is left. The same one
 * once more changes nothing.
 */
export const setWebhook: Method = (world, call) => {
  const { parameters } = call;
  const url = textOf(parameters, "url");
  if (url === "") return deleteWebhook(world, call);
  const secretToken = textOf(parameters, "secret_token");
  const maxConnections = Math.min(
    Math.max(integerOf(parameters, "max_connections", usualConnections), 1),
    mostConnections,
  );
  const known = world.state.webhook;
  const isSame = known?.url === url && known.secretToken === secretToken && known.maxConnections === maxConnections;
  if (isSame && !flagOf(parameters, "drop_pending_updates")) {
    rememberAllowedUpdates(world, parameters);
    return true;
  }
  world.queue.refuseWaiting("Conflict: terminated by setWebhook request");
  removeWebhook(world, call);
  checkUrl(url);
  checkSecret(secretToken);
  rememberAllowedUpdates(world, parameters);
  world.record([{ change: "webhook", webhook: { url, secretToken, maxConnections } }]);
  world.webhook.restart();
  return true;
};

export const deleteWebhook: Method = (world, call) => {
  removeWebhook(world, call);
  return true;
};

export const getWebhookInfo: Method = ({ state, webhook }) => webhookInfo(state, webhook);

function removeWebhook(world: World, { parameters }: Call): void {
  if (flagOf(parameters, "drop_pending_updates"))
    world.record([{ change: "forget-updates", below: world.state.lastUpdateId + 1 }]);
  if (world.state.webhook === undefined) return;
  world.record([{ change: "webhook" }]);
  world.webhook.restart();
}

function checkUrl(text: string): void {
  const url = URL.parse(addressOf(text));
  if (url === null || !["http:", "https:"].includes(url.protocol)) throw badRequest("invalid webhook URL specified");
  if (isLoopback(url.hostname)) return;
  if (url.protocol !== "https:") throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
  if (url.port !== "" && !ports.includes(url.port))
    throw badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
}

function checkSecret(secret: string): void {
  if (secret.length > longestSecret) throw badRequest("secret token is too long");
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest("secret token contains unallowed characters");
}

/** Ours: Telegram refuses such addresses, for it could not reach them. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
