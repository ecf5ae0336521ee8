import { announcementForm, changeForm } from "./announcement/announcement-form.ts";
import { announcementRejectionForm, withdrawalForm } from "./announcement/announcement-reason-forms.ts";
import { cableSearchForm } from "./cable/cable-search-form.ts";
import { layCableForm } from "./cable/lay-cable-form.ts";
import { moveCableForm } from "./cable/move-cable-form.ts";
import type { Form } from "./form.ts";
import { isolationDecisionForm, isolationForm } from "./hosting/isolation-forms.ts";
import { importForm } from "./import-form.ts";
import { assetChangeForm, assetForm } from "./inventory/asset-forms.ts";
import { assetImportForm } from "./inventory/asset-import-form.ts";
import { assetLinkForm, assetSearchForm } from "./inventory/asset-search-forms.ts";
import { assetTransferForm } from "./inventory/asset-transfer-form.ts";
import { addressImportForm } from "./ipam/address-import-form.ts";
import { addressSearchForm } from "./ipam/address-search-form.ts";
import { correctAddressForm } from "./ipam/correct-address-form.ts";
import { giveAddressForm } from "./ipam/give-address-form.ts";
import { keepRangeForm } from "./ipam/keep-range-form.ts";
import { prefixForm, renamePrefixForm } from "./ipam/prefix-forms.ts";
import { availabilityDaysForm } from "./monitoring/availability-days-form.ts";
import { checkForm } from "./monitoring/check-form.ts";
import { maintenanceForm } from "./monitoring/maintenance-form.ts";
import { targetChangeForm, targetForm } from "./monitoring/target-form.ts";
import { targetImportForm } from "./monitoring/target-import-form.ts";
import { targetSearchForm } from "./monitoring/target-search-form.ts";
import { giveNameForm } from "./names/give-name-form.ts";
import { ministryForm } from "./names/ministry-form.ts";
import { nameImportForm } from "./names/name-import-form.ts";
import { nameSearchForm } from "./names/name-search-form.ts";
import { pointNameForm } from "./names/point-name-form.ts";
import { recordForm } from "./names/record-form.ts";
import { villageForm } from "./names/village-form.ts";
import { leavingForm } from "./people/leaving-form.ts";
import { personForm } from "./people/person-form.ts";
import { posterForm } from "./people/poster-form.ts";
import { substitutionForm } from "./people/substitution-form.ts";
import { transferForm } from "./people/transfer-form.ts";
import { movePlaceForm, reservePortForm, returnDeviceForm, usePlaceForm } from "./rack/place-forms.ts";
import { putInRackForm } from "./rack/put-in-rack-form.ts";
import { changeFeedForm, feedForm, rackForm, rackHeightForm, renameRoomForm, roomForm } from "./rack/rack-forms.ts";
import { searchForm } from "./search-form.ts";
import { rosterChangeForm, rosterForm } from "./shift/roster-forms.ts";
import { endShiftForm, handOverForm } from "./shift/shift-forms.ts";
import { filingForm } from "./ticket/filing-form.ts";
import { freezeForm } from "./ticket/freeze-form.ts";
import { messageForm } from "./ticket/message-form.ts";
import { ratingForm } from "./ticket/rating-form.ts";
import { rejectionForm } from "./ticket/rejection-form.ts";
import { reportForm } from "./ticket/report-form.ts";
import { stepForm } from "./ticket/step-form.ts";
import { ticketForms } from "./ticket/ticket-forms.ts";
import { ticketSearchForm } from "./ticket/ticket-search-form.ts";
import { unsortedForm } from "./ticket/unsorted-form.ts";

const forms: readonly Form[] = [
  filingForm,
  reportForm,
  stepForm,
  messageForm,
  ratingForm,
  personForm,
  searchForm,
  ticketSearchForm,
  handOverForm,
  endShiftForm,
  rosterForm,
  rosterChangeForm,
  transferForm,
  leavingForm,
  posterForm,
  rejectionForm,
  importForm,
  freezeForm,
  substitutionForm,
  announcementForm,
  changeForm,
  announcementRejectionForm,
  withdrawalForm,
  prefixForm,
  renamePrefixForm,
  giveAddressForm,
  correctAddressForm,
  keepRangeForm,
  addressSearchForm,
  addressImportForm,
  layCableForm,
  moveCableForm,
  cableSearchForm,
  roomForm,
  renameRoomForm,
  rackForm,
  rackHeightForm,
  feedForm,
  changeFeedForm,
  putInRackForm,
  usePlaceForm,
  movePlaceForm,
  returnDeviceForm,
  reservePortForm,
  giveNameForm,
  pointNameForm,
  villageForm,
  ministryForm,
  recordForm,
  nameSearchForm,
  nameImportForm,
  assetForm,
  assetChangeForm,
  assetTransferForm,
  assetSearchForm,
  assetLinkForm,
  assetImportForm,
  isolationForm,
  isolationDecisionForm,
  targetForm,
  targetChangeForm,
  targetSearchForm,
  targetImportForm,
  checkForm,
  maintenanceForm,
  availabilityDaysForm,
  unsortedForm,
  ...Object.values(ticketForms),
];

export function findForm(name: string): Form {
  const found = forms.find((form) => form.name === name);
  if (found === undefined) throw new Error(`no form is named ${name}`);
  return found;
}
