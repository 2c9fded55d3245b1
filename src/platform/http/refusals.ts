/**
 * A refusal is a value with a stable code; here it becomes an answer. What the request itself got wrong is 422, what stands
 * against it in the village is 409, what is not there is 404.
 */

export interface Refusal {
  refused: string;
}

const STATUS: Readonly<Record<string, number>> = {
  malformed_input: 400,
  not_signed_in: 401,
  session_expired: 401,
  wrong_password: 401,
  temporary_password_over: 401,
  wrong_code: 401,
  wrong_pin: 401,
  device_unknown: 401,
  pin_not_six_digits: 422,
  pin_too_simple: 422,
  pins_differ: 422,
  card_pin_form: 422,
  proxy_relation_needed: 422,
  proxy_name_needed: 422,
  card_pin_guessable: 422,
  second_step_needed: 401,
  not_allowed: 403,
  proof_too_old: 403,
  must_change_password: 403,
  must_add_second_factor: 403,
  forged_request: 403,
  not_found: 404,
  unknown_village: 404,
  unknown_region: 404,
  unknown_act: 404,
  unknown_claim: 404,
  unknown_objection: 404,
  claim_too_old: 422,
  waiver_too_long: 422,
  waiver_over: 422,
  unknown_redemption: 404,
  unknown_receipt: 404,
  unknown_publication: 404,
  broken_card_link: 404,
  no_such_card: 404,
  method_not_allowed: 405,
  too_large: 413,
  photo_too_large: 413,
  too_many_photos: 413,
  wrong_media_type: 415,
  photo_not_an_image: 422,
  photo_too_many_pixels: 422,
  unknown_photo: 404,
  invalid_input: 422,
  key_reused: 422,
  unknown_group: 422,
  unknown_rule: 422,
  name_unknown: 422,
  name_ambiguous: 422,
  too_many_cards: 422,
  unknown_goods: 422,
  no_card_chosen: 422,
  empty_basket: 422,
  unknown_card: 422,
  same_household: 422,
  card_of_another_village: 422,
  duplicate_card: 422,
  date_in_future: 422,
  month_in_future: 422,
  month_before_founding: 422,
  already_expired: 422,
  voucher_needed: 422,
  no_such_goods: 404,
  unknown_proposal: 404,
  unknown_lot: 422,
  price_not_in_steps: 422,
  invoice_needed: 422,
  second_person_needed: 422,
  witness_is_recorder: 422,
  goods_restricted: 422,
  wrong_old_password: 422,
  wrong_set_up_code: 422,
  wrong_reset_code: 422,
  password_too_short: 422,
  password_too_long: 422,
  password_unchanged: 422,
  password_like_username: 422,
  password_too_common: 422,
  role_needs_other_region: 422,
  unknown_person: 404,
  too_many_attempts: 429,
  too_many_requests: 429,
  server_error: 500,
  overloaded: 503,
  too_busy: 503,
  disk_full: 503,
  log_behind: 503,
  log_guard_lost: 503,
  log_guard_damaged: 503,
  log_key_changed: 503,
  log_beginning_lost: 503,
  log_rolled_back: 503,
  log_rewritten: 503,
};

let countRefusal: (code: string) => void = () => {};

/** Tells whoever counts of every refusal that becomes an answer. */
export function onRefusal(count: (code: string) => void): void {
  countRefusal = count;
}

/** 409 unless the code says otherwise: most refusals are rules of the village. */
export function refusalStatus({ refused }: Refusal): number {
  countRefusal(refused);
  return STATUS[refused] ?? 409;
}
