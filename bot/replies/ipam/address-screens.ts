import { screensOf } from "../screens-of.ts";
import { renderAddressDifferences, renderAddressDifferencesFound } from "./address-differences.ts";
import { renderAddressExport } from "./address-export.ts";
import { renderAddressImport, renderAddressProblems } from "./address-import.ts";
import { renderAddress, renderAddressReleasing } from "./address-page.ts";
import { renderAddressesFound } from "./addresses-found.ts";
import { renderPrefix, renderPrefixRemoving } from "./prefix-page.ts";
import { renderPrefixes } from "./prefixes.ts";
import { renderReservationEnded, renderReservationEndsSoon } from "./reservation-news.ts";

export const addressScreens = screensOf({
  prefixes: renderPrefixes,
  prefix: renderPrefix,
  "prefix-removing": renderPrefixRemoving,
  address: renderAddress,
  "address-releasing": renderAddressReleasing,
  "address-differences": renderAddressDifferences,
  "address-differences-found": renderAddressDifferencesFound,
  "address-import": renderAddressImport,
  "address-import-problems": renderAddressProblems,
  "address-export": renderAddressExport,
  "addresses-found": renderAddressesFound,
  "reservation-ends-soon": renderReservationEndsSoon,
  "reservation-ended": renderReservationEnded,
});
