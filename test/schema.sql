-- The database as the migrations make it. Written by `npm run schema:dump`; the tests fail when it differs.

create table access_setting (
  region_id integer not null,
  second_factor text not null,
  constraint access_setting_pk PRIMARY KEY (region_id),
  constraint access_setting_region_fk FOREIGN KEY (region_id) REFERENCES region(region_id),
  constraint access_setting_second_factor_known CHECK ((second_factor = ANY (ARRAY['offered'::text, 'administrators'::text, 'offices'::text, 'supervisors'::text])))
);
grant insert, select, update on access_setting to love_supermarket_app;

create table account (
  village_id integer not null,
  account_id integer not null generated always as identity,
  holder_id integer not null,
  kind text not null,
  status text not null,
  balance_centipoints bigint not null default 0,
  floor_centipoints bigint not null default 0,
  last_n bigint not null default 0,
  pseudonym text not null,
  constraint account_pk PRIMARY KEY (village_id, account_id),
  constraint account_holder_kind_unique UNIQUE (village_id, holder_id, kind),
  constraint account_pseudonym_unique UNIQUE (village_id, pseudonym),
  constraint account_closed_is_empty CHECK (((status <> 'closed'::text) OR (balance_centipoints = 0))),
  constraint account_kind_known CHECK ((kind = ANY (ARRAY['spendable'::text, 'pending'::text, 'honor'::text, 'gift'::text]))),
  constraint account_status_known CHECK ((status = ANY (ARRAY['registered'::text, 'active'::text, 'frozen'::text, 'closed'::text])))
);
grant select on account to love_supermarket_app;

create table act (
  village_id integer not null,
  seq bigint not null,
  act_id text not null,
  operation_id text not null,
  type text not null,
  occurred_on date not null,
  recorded_at timestamp with time zone not null,
  recorded_by integer not null,
  reverses_seq bigint,
  facts jsonb not null,
  leaf bytea not null,
  leaf_hash bytea not null,
  constraint act_pk PRIMARY KEY (village_id, seq),
  constraint act_id_unique UNIQUE (village_id, act_id),
  constraint act_reverses_fk FOREIGN KEY (village_id, reverses_seq) REFERENCES act(village_id, seq),
  constraint act_leaf_fits_bundle CHECK ((octet_length(leaf) <= 65535)),
  constraint act_reverses_earlier CHECK ((reverses_seq < seq)),
  constraint act_seq_not_negative CHECK ((seq >= 0))
);
CREATE INDEX act_activity_index ON public.act USING btree (village_id, ((facts ->> 'activity'::text))) WHERE (facts ? 'activity'::text);
CREATE INDEX act_claim_index ON public.act USING btree (village_id, ((facts ->> 'claim'::text))) WHERE (facts ? 'claim'::text);
CREATE INDEX act_duties_waive_index ON public.act USING btree (village_id, seq) WHERE (type = 'duties.waive'::text);
CREATE INDEX act_gift_index ON public.act USING btree (village_id, seq) WHERE ((facts ? 'gift'::text) OR (facts ? 'giftSeq'::text));
CREATE UNIQUE INDEX act_gift_receipt_unique ON public.act USING btree (village_id, ((facts ->> 'receipt'::text))) WHERE (type = 'gift.receive'::text);
CREATE INDEX act_goods_index ON public.act USING btree (village_id, ((facts ->> 'item'::text)), seq) WHERE (type = ANY (ARRAY['goods.price'::text, 'goods.terms'::text, 'goods.restrict'::text]));
CREATE INDEX act_goods_rename_index ON public.act USING btree (village_id, ((facts ->> 'item'::text)), seq) WHERE (type = 'goods.rename'::text);
CREATE INDEX act_kept_index ON public.act USING btree (village_id, type, seq) WHERE (type = ANY (ARRAY['inspection.plan'::text, 'inspection.result'::text, 'problem.find'::text, 'problem.assign'::text, 'problem.fix'::text, 'problem.check'::text, 'problem.close'::text, 'problem.defer'::text, 'sample.draw'::text, 'sample.check'::text, 'honor.open'::text, 'honor.nominate'::text, 'honor.close'::text, 'honor.award'::text, 'honor.withdraw'::text, 'honor.move'::text, 'activity'::text, 'activity.member'::text]));
CREATE INDEX act_member_index ON public.act USING btree (village_id, ((facts ->> 'member'::text))) WHERE (facts ? 'member'::text);
CREATE INDEX act_names_change_index ON public.act USING btree (village_id, seq) WHERE (type = 'names.change'::text);
CREATE INDEX act_occurred_on_index ON public.act USING btree (village_id, occurred_on);
CREATE INDEX act_rate_change_index ON public.act USING btree (village_id, seq) WHERE (type = 'rate.change'::text);
CREATE INDEX act_reminder_give_index ON public.act USING btree (village_id, seq) WHERE (type = 'reminder.give'::text);
CREATE INDEX act_reminder_index ON public.act USING btree (village_id, ((facts ->> 'reminder'::text))) WHERE (facts ? 'reminder'::text);
CREATE UNIQUE INDEX act_reversed_once_unique ON public.act USING btree (village_id, reverses_seq) WHERE (reverses_seq IS NOT NULL);
CREATE INDEX act_settings_change_index ON public.act USING btree (village_id, seq) WHERE (type = 'settings.change'::text);
CREATE INDEX act_shop_index ON public.act USING btree (village_id, type, seq) WHERE (type = ANY (ARRAY['stock.check'::text, 'stock.adjust'::text, 'stock.writeoff'::text, 'stocktake'::text, 'points.hold'::text, 'handover'::text, 'handover.waive'::text]));
CREATE UNIQUE INDEX act_voucher_unique ON public.act USING btree (village_id, ((facts ->> 'voucher'::text))) WHERE ((type = 'stock.in'::text) AND (facts ? 'voucher'::text));
CREATE INDEX act_wish_index ON public.act USING btree (village_id, seq) WHERE (facts ? 'wish'::text);
CREATE TRIGGER act_row_stays BEFORE DELETE OR UPDATE ON public.act FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER act_table_stays BEFORE TRUNCATE ON public.act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on act to love_supermarket_app;

create table appointment (
  appointment_id integer not null generated always as identity,
  person_id integer not null,
  region_id integer not null,
  role text not null,
  starts_on date not null,
  ends_on date,
  constraint appointment_pk PRIMARY KEY (appointment_id),
  constraint appointment_person_fk FOREIGN KEY (person_id) REFERENCES person(person_id),
  constraint appointment_region_fk FOREIGN KEY (region_id) REFERENCES region(region_id),
  constraint appointment_ends_after_start CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
  constraint appointment_role_known CHECK ((role = ANY (ARRAY['manager'::text, 'recorder'::text, 'storekeeper'::text, 'supervisor'::text, 'leader'::text, 'approver'::text, 'township_officer'::text, 'county_officer'::text, 'auditor'::text, 'county_administrator'::text, 'donor'::text])))
);
CREATE INDEX appointment_person_index ON public.appointment USING btree (person_id);
CREATE INDEX appointment_region_index ON public.appointment USING btree (region_id);
grant insert, select, update on appointment to love_supermarket_app;

create table card (
  village_id integer not null,
  number text not null,
  household_id integer not null,
  token text not null,
  issued_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  recalled_at timestamp with time zone,
  constraint card_pk PRIMARY KEY (village_id, number),
  constraint card_token_unique UNIQUE (token),
  constraint card_household_fk FOREIGN KEY (village_id, household_id) REFERENCES household(village_id, household_id),
  constraint card_number_ten_digits CHECK ((number ~ '^[0-9]{10}$'::text))
);
CREATE UNIQUE INDEX card_current_unique ON public.card USING btree (village_id, household_id) WHERE (ended_at IS NULL);
grant select on card to love_supermarket_app;

create table card_pin (
  village_id integer not null,
  household_id integer not null,
  pin_hash text not null,
  set_at timestamp with time zone not null default now(),
  wrong_count integer not null default 0,
  wrong_on date,
  constraint card_pin_pk PRIMARY KEY (village_id, household_id),
  constraint card_pin_household_fk FOREIGN KEY (village_id, household_id) REFERENCES household(village_id, household_id)
);
grant delete, insert, select, update on card_pin to love_supermarket_app;

create table claim (
  village_id integer not null,
  claim_id text not null,
  account_id integer not null,
  rule text not null,
  version integer not null,
  occurred_on date not null,
  amount_centipoints integer not null,
  needs text[] not null,
  passed_by integer[] not null,
  state text not null,
  is_by_household boolean not null,
  recorded_by integer,
  submitted_seq bigint not null,
  last_seq bigint not null,
  pending_seq bigint,
  award_seq bigint,
  sheet integer,
  posted_on date,
  clears_on date,
  objectable_until date,
  reminder_seq bigint,
  member text,
  constraint claim_pk PRIMARY KEY (village_id, claim_id),
  constraint claim_account_fk FOREIGN KEY (village_id, account_id) REFERENCES account(village_id, account_id),
  constraint claim_amount_not_zero CHECK ((amount_centipoints <> 0)),
  constraint claim_state_known CHECK ((state = ANY (ARRAY['submitted'::text, 'group_passed'::text, 'committee_heard'::text, 'committee_passed'::text, 'posted'::text, 'objected'::text, 'cleared'::text, 'returned'::text, 'withdrawn'::text, 'upheld'::text])))
);
CREATE INDEX claim_account_index ON public.claim USING btree (village_id, account_id);
CREATE INDEX claim_member_index ON public.claim USING btree (village_id, member) WHERE (member IS NOT NULL);
CREATE INDEX claim_state_index ON public.claim USING btree (village_id, state, submitted_seq);
grant select on claim to love_supermarket_app;

create table closed_period (
  village_id integer not null,
  month text not null,
  closed_at_seq bigint not null,
  constraint closed_period_pk PRIMARY KEY (village_id, month),
  constraint closed_period_month_form CHECK ((month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'::text))
);
CREATE TRIGGER closed_period_row_stays BEFORE DELETE OR UPDATE ON public.closed_period FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER closed_period_table_stays BEFORE TRUNCATE ON public.closed_period FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on closed_period to love_supermarket_app;

create table demo_load (
  demo_load_id integer not null default 1,
  started_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  password_hash text not null,
  constraint demo_load_pk PRIMARY KEY (demo_load_id),
  constraint demo_load_one_row CHECK ((demo_load_id = 1))
);
grant select on demo_load to love_supermarket_app;

create table disclosure (
  village_id integer not null,
  seq bigint not null,
  openings jsonb not null,
  constraint disclosure_pk PRIMARY KEY (village_id, seq),
  constraint disclosure_act_fk FOREIGN KEY (village_id, seq) REFERENCES act(village_id, seq)
);
CREATE TRIGGER disclosure_row_stays BEFORE DELETE OR UPDATE ON public.disclosure FOR EACH ROW EXECUTE FUNCTION refuse_disclosure_change();
CREATE TRIGGER disclosure_table_stays BEFORE TRUNCATE ON public.disclosure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on disclosure to love_supermarket_app;

create table donor (
  donor_id integer not null generated always as identity,
  village_id integer not null,
  public_id text not null,
  kind text not null,
  name text not null,
  appears text not null,
  initials text not null,
  contact text,
  person_id integer,
  added_at timestamp with time zone not null default now(),
  constraint donor_pk PRIMARY KEY (donor_id),
  constraint donor_person_unique UNIQUE (village_id, person_id),
  constraint donor_public_id_unique UNIQUE (public_id),
  constraint donor_person_fk FOREIGN KEY (person_id) REFERENCES person(person_id),
  constraint donor_village_fk FOREIGN KEY (village_id) REFERENCES region(region_id),
  constraint donor_appears_known CHECK ((appears = ANY (ARRAY['named'::text, 'kind'::text, 'initials'::text]))),
  constraint donor_kind_known CHECK ((kind = ANY (ARRAY['enterprise'::text, 'person'::text, 'department'::text])))
);
CREATE INDEX donor_village_index ON public.donor USING btree (village_id, name);
grant insert, select, update on donor to love_supermarket_app;

create table entry (
  village_id integer not null,
  account_id integer not null,
  n bigint not null,
  seq bigint not null,
  amount_centipoints bigint not null,
  balance_after_centipoints bigint not null,
  occurred_on date not null,
  constraint entry_pk PRIMARY KEY (village_id, account_id, n),
  constraint entry_act_unique UNIQUE (village_id, seq),
  constraint entry_account_fk FOREIGN KEY (village_id, account_id) REFERENCES account(village_id, account_id),
  constraint entry_amount_not_zero CHECK ((amount_centipoints <> 0)),
  constraint entry_n_positive CHECK ((n > 0))
);
CREATE TRIGGER entry_row_stays BEFORE DELETE OR UPDATE ON public.entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_table_stays BEFORE TRUNCATE ON public.entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on entry to love_supermarket_app;

create table goods (
  village_id integer not null,
  goods_id integer not null generated always as identity,
  code text not null,
  barcode text,
  zone text not null,
  name text not null,
  pinyin text not null,
  initials text not null,
  spec text not null,
  unit text not null,
  unit_value_fen integer not null,
  price_centipoints integer not null,
  shelf_life_months integer,
  monthly_quota integer,
  is_offered boolean not null default true,
  constraint goods_pk PRIMARY KEY (village_id, goods_id),
  constraint goods_barcode_unique UNIQUE (village_id, barcode),
  constraint goods_code_unique UNIQUE (village_id, code),
  constraint goods_price_positive CHECK ((price_centipoints > 0)),
  constraint goods_value_not_negative CHECK ((unit_value_fen >= 0)),
  constraint goods_zone_known CHECK ((zone = ANY (ARRAY['GRAIN_OIL'::text, 'DAILY'::text, 'WASH'::text, 'CLOTH'::text, 'AGRI'::text, 'APPL'::text])))
);
CREATE INDEX goods_zone_index ON public.goods USING btree (village_id, zone);
grant insert, select, update on goods to love_supermarket_app;

create table goods_proposal (
  village_id integer not null,
  proposal_id integer not null generated always as identity,
  kind text not null,
  goods_id integer not null,
  price_centipoints integer,
  lot_id integer,
  quantity integer,
  reason text not null,
  proposed_by integer not null,
  proposed_at timestamp with time zone not null,
  state text not null default 'open'::text,
  decided_by integer,
  decided_at timestamp with time zone,
  operation_id text,
  decided_why text,
  constraint goods_proposal_pk PRIMARY KEY (village_id, proposal_id),
  constraint goods_proposal_goods_fk FOREIGN KEY (village_id, goods_id) REFERENCES goods(village_id, goods_id),
  constraint goods_proposal_approved_by_act CHECK (((state = 'approved'::text) = (operation_id IS NOT NULL))),
  constraint goods_proposal_decided_once CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint goods_proposal_is_whole CHECK (
CASE kind
    WHEN 'writeoff'::text THEN ((price_centipoints IS NULL) AND (lot_id IS NOT NULL) AND (quantity > 0))
    ELSE ((price_centipoints > 0) AND (lot_id IS NULL) AND (quantity IS NULL))
END),
  constraint goods_proposal_kind_known CHECK ((kind = ANY (ARRAY['price'::text, 'first'::text, 'writeoff'::text]))),
  constraint goods_proposal_state_known CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'declined'::text, 'withdrawn'::text])))
);
CREATE INDEX goods_proposal_open_index ON public.goods_proposal USING btree (village_id, proposal_id) WHERE (state = 'open'::text);
grant insert, select, update on goods_proposal to love_supermarket_app;

create table goods_want (
  village_id integer not null,
  want_key text not null,
  goods_id integer not null,
  quantity integer not null,
  source text not null,
  wanted_at timestamp with time zone not null,
  constraint goods_want_pk PRIMARY KEY (village_id, want_key, goods_id),
  constraint goods_want_goods_fk FOREIGN KEY (village_id, goods_id) REFERENCES goods(village_id, goods_id),
  constraint goods_want_quantity_small CHECK (((quantity >= 1) AND (quantity <= 99))),
  constraint goods_want_source_known CHECK ((source = ANY (ARRAY['refused'::text, 'noted'::text])))
);
CREATE INDEX goods_want_goods_index ON public.goods_want USING btree (village_id, goods_id, wanted_at);
grant insert, select on goods_want to love_supermarket_app;

create table handover (
  village_id integer not null,
  handover_id integer not null generated always as identity,
  role text not null,
  state text not null,
  from_person_id integer not null,
  to_person_id integer,
  opened_by integer not null,
  opened_at timestamp with time zone not null,
  stocktake_id integer,
  open_items jsonb,
  from_signed_at timestamp with time zone,
  to_signed_at timestamp with time zone,
  reason text,
  closed_at timestamp with time zone,
  operation_id text,
  listed_at timestamp with time zone,
  constraint handover_pk PRIMARY KEY (village_id, handover_id),
  constraint handover_between_two CHECK ((from_person_id <> to_person_id)),
  constraint handover_by_act CHECK (((state = ANY (ARRAY['complete'::text, 'waived'::text])) = (operation_id IS NOT NULL))),
  constraint handover_role_known CHECK ((role = ANY (ARRAY['manager'::text, 'storekeeper'::text]))),
  constraint handover_state_known CHECK ((state = ANY (ARRAY['opened'::text, 'listed'::text, 'complete'::text, 'cancelled'::text, 'waived'::text])))
);
CREATE UNIQUE INDEX handover_one_at_a_time ON public.handover USING btree (village_id, role) WHERE (state = ANY (ARRAY['opened'::text, 'listed'::text]));
CREATE INDEX handover_village_index ON public.handover USING btree (village_id, from_person_id);
grant insert, select, update on handover to love_supermarket_app;

create table household (
  village_id integer not null,
  household_id integer not null generated by default as identity,
  group_id integer not null,
  head_name text not null,
  pinyin text not null,
  initials text not null,
  member_count integer not null,
  phone text,
  registered_at timestamp with time zone not null default now(),
  registration_key text,
  vacated_on date,
  constraint household_pk PRIMARY KEY (village_id, household_id),
  constraint household_registration_key_unique UNIQUE (village_id, registration_key),
  constraint household_group_fk FOREIGN KEY (village_id, group_id) REFERENCES villager_group(village_id, group_id),
  constraint household_member_count_not_negative CHECK ((member_count >= 0))
);
CREATE INDEX household_group_index ON public.household USING btree (village_id, group_id);
CREATE INDEX household_initials_index ON public.household USING btree (village_id, initials);
grant insert, select, update on household to love_supermarket_app;

create table household_member (
  village_id integer not null,
  member_id integer not null generated always as identity,
  household_id integer not null,
  name text not null,
  pseudonym text not null,
  left_on date,
  constraint household_member_pk PRIMARY KEY (village_id, member_id),
  constraint household_member_pseudonym_unique UNIQUE (village_id, pseudonym),
  constraint household_member_household_fk FOREIGN KEY (village_id, household_id) REFERENCES household(village_id, household_id)
);
CREATE INDEX household_member_household_index ON public.household_member USING btree (village_id, household_id);
grant select on household_member to love_supermarket_app;

create table import_run (
  village_id integer not null,
  import_id text not null,
  kind text not null,
  import_key text not null,
  started_by integer not null,
  started_at timestamp with time zone not null default now(),
  heard_of_at timestamp with time zone not null default now(),
  attempt integer not null default 1,
  state text not null default 'running'::text,
  rows_done integer not null default 0,
  rows_in_all integer not null,
  outcome jsonb,
  constraint import_run_pk PRIMARY KEY (village_id, import_id),
  constraint import_run_key_unique UNIQUE (village_id, kind, import_key),
  constraint import_run_started_by_fk FOREIGN KEY (started_by) REFERENCES person(person_id),
  constraint import_run_village_fk FOREIGN KEY (village_id) REFERENCES region(region_id),
  constraint import_run_kind_known CHECK ((kind = ANY (ARRAY['households'::text, 'rules'::text, 'goods'::text]))),
  constraint import_run_rows_few CHECK (((rows_done >= 0) AND (rows_done <= rows_in_all))),
  constraint import_run_state_known CHECK ((state = ANY (ARRAY['running'::text, 'recording'::text, 'done'::text, 'refused'::text, 'cancelled'::text, 'failed'::text])))
);
grant insert, select, update on import_run to love_supermarket_app;

create table kinship (
  village_id integer not null,
  person_id integer not null,
  household_id integer not null,
  relation text not null,
  seq bigint not null,
  constraint kinship_pk PRIMARY KEY (village_id, person_id, household_id),
  constraint kinship_relation_known CHECK ((relation = ANY (ARRAY['own'::text, 'relative'::text])))
);
grant select on kinship to love_supermarket_app;

create table known_device (
  device_id integer not null generated always as identity,
  person_id integer not null,
  token_hash bytea not null,
  pin_hash text not null,
  browser text not null,
  system text not null,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  wrong_pins integer not null default 0,
  ended_at timestamp with time zone,
  constraint known_device_pk PRIMARY KEY (device_id),
  constraint known_device_person_fk FOREIGN KEY (person_id) REFERENCES person(person_id)
);
CREATE INDEX known_device_person_index ON public.known_device USING btree (person_id);
CREATE INDEX known_device_token_index ON public.known_device USING btree (token_hash);
grant insert, select, update on known_device to love_supermarket_app;

create table log_head (
  village_id integer not null,
  size bigint not null default 0,
  constraint log_head_pk PRIMARY KEY (village_id),
  constraint log_head_size_not_negative CHECK ((size >= 0))
);
grant select on log_head to love_supermarket_app;

create table log_tile (
  village_id integer not null,
  level integer not null,
  index bigint not null,
  hashes bytea not null,
  root bytea not null,
  constraint log_tile_pk PRIMARY KEY (village_id, level, index),
  constraint log_tile_is_full CHECK ((octet_length(hashes) = 8192)),
  constraint log_tile_root_is_hash CHECK ((octet_length(root) = 32))
);
CREATE TRIGGER log_tile_row_stays BEFORE DELETE OR UPDATE ON public.log_tile FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_tile_table_stays BEFORE TRUNCATE ON public.log_tile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on log_tile to love_supermarket_app;

create table name_limit (
  region_id integer not null,
  most_shown integer not null,
  constraint name_limit_pk PRIMARY KEY (region_id),
  constraint name_limit_level_known CHECK (((most_shown >= 0) AND (most_shown <= 3)))
);
grant insert, select, update on name_limit to love_supermarket_app;

create table objection (
  village_id integer not null,
  objection_id text not null,
  claim_id text not null,
  filed_on date not null,
  answer_by date not null,
  filed_seq bigint not null,
  outcome text,
  answered_seq bigint,
  constraint objection_pk PRIMARY KEY (village_id, objection_id),
  constraint objection_claim_fk FOREIGN KEY (village_id, claim_id) REFERENCES claim(village_id, claim_id),
  constraint objection_answered_whole CHECK (((outcome IS NULL) = (answered_seq IS NULL))),
  constraint objection_outcome_known CHECK ((outcome = ANY (ARRAY['upheld'::text, 'dismissed'::text])))
);
CREATE INDEX objection_claim_index ON public.objection USING btree (village_id, claim_id);
grant select on objection to love_supermarket_app;

create table operation (
  village_id integer not null,
  operation_id text not null,
  kind text not null,
  idempotency_key text not null,
  request_hash bytea not null,
  recorded_by integer not null,
  recorded_at timestamp with time zone not null,
  first_seq bigint not null,
  act_count integer not null,
  constraint operation_pk PRIMARY KEY (village_id, operation_id),
  constraint operation_first_seq_unique UNIQUE (village_id, first_seq),
  constraint operation_idempotency_key_unique UNIQUE (village_id, idempotency_key),
  constraint operation_has_acts CHECK ((act_count > 0))
);
CREATE CONSTRAINT TRIGGER operation_adds_up AFTER INSERT ON public.operation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_operation();
CREATE TRIGGER operation_row_stays BEFORE DELETE OR UPDATE ON public.operation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER operation_table_stays BEFORE TRUNCATE ON public.operation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on operation to love_supermarket_app;

create table person (
  person_id integer not null generated always as identity,
  username text not null,
  display_name text not null,
  password_hash text not null,
  must_change_password boolean not null default false,
  created_at timestamp with time zone not null default now(),
  disabled_at timestamp with time zone,
  constraint person_pk PRIMARY KEY (person_id),
  constraint person_username_unique UNIQUE (username),
  constraint person_username_folded CHECK ((username = lower(username)))
);
grant insert, select, update on person to love_supermarket_app;

create table personal_view (
  view_id bigint not null generated always as identity,
  person_id integer not null,
  village_id integer not null,
  household_id integer,
  kind text not null,
  viewed_at timestamp with time zone not null default now(),
  constraint personal_view_pk PRIMARY KEY (view_id),
  constraint personal_view_person_fk FOREIGN KEY (person_id) REFERENCES person(person_id),
  constraint personal_view_kind_known CHECK ((kind = ANY (ARRAY['page'::text, 'statement'::text, 'program'::text, 'copy'::text, 'list'::text]))),
  constraint personal_view_of_one_or_list CHECK (((household_id IS NULL) = (kind = 'list'::text)))
);
CREATE INDEX personal_view_household_index ON public.personal_view USING btree (village_id, household_id, viewed_at);
CREATE INDEX personal_view_time_index ON public.personal_view USING btree (viewed_at);
grant insert, select on personal_view to love_supermarket_app;

create table photo (
  photo_id integer not null generated always as identity,
  village_id integer not null,
  public_id text not null,
  sha256 bytea not null,
  bytes integer not null,
  width integer not null,
  height integer not null,
  purpose text not null,
  is_public boolean not null,
  added_by integer,
  added_at timestamp with time zone not null default now(),
  media text not null default 'jpeg'::text,
  constraint photo_pk PRIMARY KEY (photo_id),
  constraint photo_public_id_unique UNIQUE (public_id),
  constraint photo_person_fk FOREIGN KEY (added_by) REFERENCES person(person_id),
  constraint photo_village_fk FOREIGN KEY (village_id) REFERENCES region(region_id),
  constraint photo_hash_length CHECK ((octet_length(sha256) = 32)),
  constraint photo_measures CHECK (((bytes > 0) AND ((media = 'jpeg'::text) = ((width > 0) AND (height > 0))))),
  constraint photo_media_known CHECK ((media = ANY (ARRAY['jpeg'::text, 'webm'::text, 'ogg'::text, 'mp4'::text, 'mp3'::text, 'wav'::text]))),
  constraint photo_purpose_form CHECK ((purpose ~ '^[a-z_]{1,30}$'::text))
);
CREATE INDEX photo_content_index ON public.photo USING btree (village_id, sha256);
grant insert, select, update (is_public) on photo to love_supermarket_app;

create table public_log (
  village_id integer not null,
  origin text not null,
  vkey text not null,
  begun_at timestamp with time zone not null,
  constraint public_log_pk PRIMARY KEY (village_id, origin)
);
CREATE TRIGGER public_log_row_stays BEFORE DELETE OR UPDATE ON public.public_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER public_log_table_stays BEFORE TRUNCATE ON public.public_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on public_log to love_supermarket_app;

create table publication (
  village_id integer not null,
  month text not null,
  version integer not null,
  seq bigint not null,
  through_seq bigint not null,
  published_by integer not null,
  published_at timestamp with time zone not null,
  content jsonb not null,
  content_hash bytea not null,
  constraint publication_pk PRIMARY KEY (village_id, month, version),
  constraint publication_version_positive CHECK ((version > 0))
);
CREATE TRIGGER publication_row_stays BEFORE DELETE OR UPDATE ON public.publication FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER publication_table_stays BEFORE TRUNCATE ON public.publication FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on publication to love_supermarket_app;

create table queue_day (
  village_id integer not null,
  day date not null,
  opened_by integer not null,
  opened_at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  last_number integer not null default 0,
  last_place integer not null default 0,
  constraint queue_day_pk PRIMARY KEY (village_id, day),
  constraint queue_day_opened_by_fk FOREIGN KEY (opened_by) REFERENCES person(person_id),
  constraint queue_day_village_fk FOREIGN KEY (village_id) REFERENCES region(region_id),
  constraint queue_day_numbers_few CHECK (((last_number >= 0) AND (last_number <= 999)))
);
grant insert, select, update on queue_day to love_supermarket_app;

create table queue_number (
  village_id integer not null,
  day date not null,
  number integer not null,
  household_id integer,
  state text not null default 'waiting'::text,
  place integer not null,
  taken_key text not null,
  taken_at timestamp with time zone not null default now(),
  session_id text,
  called_at timestamp with time zone,
  call_count integer not null default 0,
  constraint queue_number_pk PRIMARY KEY (village_id, day, number),
  constraint queue_number_key_unique UNIQUE (village_id, day, taken_key),
  constraint queue_number_day_fk FOREIGN KEY (village_id, day) REFERENCES queue_day(village_id, day),
  constraint queue_number_household_fk FOREIGN KEY (village_id, household_id) REFERENCES household(village_id, household_id),
  constraint queue_number_session_fk FOREIGN KEY (session_id) REFERENCES session(session_id) ON DELETE SET NULL,
  constraint queue_number_called_sometime CHECK (((state = ANY (ARRAY['waiting'::text, 'left'::text])) OR (call_count > 0))),
  constraint queue_number_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'called'::text, 'served'::text, 'missed'::text, 'left'::text])))
);
CREATE INDEX queue_number_household_index ON public.queue_number USING btree (village_id, household_id);
CREATE UNIQUE INDEX queue_number_household_unique ON public.queue_number USING btree (village_id, day, household_id) WHERE (state = ANY (ARRAY['waiting'::text, 'called'::text, 'missed'::text]));
CREATE INDEX queue_number_session_index ON public.queue_number USING btree (session_id);
grant insert, select, update on queue_number to love_supermarket_app;

create table recovery_code (
  person_id integer not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_code_pk PRIMARY KEY (person_id, code_hash),
  constraint recovery_code_factor_fk FOREIGN KEY (person_id) REFERENCES second_factor(person_id) ON DELETE CASCADE
);
grant insert, select, update on recovery_code to love_supermarket_app;

create table region (
  region_id integer not null generated always as identity,
  code text not null,
  level text not null,
  parent_id integer,
  name text not null,
  is_made_up boolean not null default false,
  constraint region_pk PRIMARY KEY (region_id),
  constraint region_code_unique UNIQUE (code),
  constraint region_parent_fk FOREIGN KEY (parent_id) REFERENCES region(region_id),
  constraint region_code_twelve_digits CHECK ((code ~ '^[0-9]{12}$'::text)),
  constraint region_level_known CHECK ((level = ANY (ARRAY['county'::text, 'township'::text, 'village'::text]))),
  constraint region_parent_present CHECK (((level = 'county'::text) = (parent_id IS NULL)))
);
CREATE INDEX region_parent_index ON public.region USING btree (parent_id);
grant insert, select, update on region to love_supermarket_app;

create table reset_code (
  person_id integer not null,
  code_hash text not null,
  issued_by integer not null,
  issued_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint reset_code_pk PRIMARY KEY (person_id),
  constraint reset_code_issuer_fk FOREIGN KEY (issued_by) REFERENCES person(person_id),
  constraint reset_code_person_fk FOREIGN KEY (person_id) REFERENCES person(person_id)
);
grant delete, insert, select, update on reset_code to love_supermarket_app;

create table rule_terms (
  village_id integer not null,
  own_rules_max integer not null,
  own_points_max_centipoints integer not null,
  month_max_centipoints integer,
  year_max_centipoints integer,
  constraint rule_terms_pk PRIMARY KEY (village_id),
  constraint rule_terms_limits_positive CHECK (((month_max_centipoints > 0) AND (year_max_centipoints > 0))),
  constraint rule_terms_own_rules_not_negative CHECK (((own_rules_max >= 0) AND (own_points_max_centipoints >= 0)))
);
CREATE TRIGGER rule_terms_row_stays BEFORE DELETE OR UPDATE ON public.rule_terms FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rule_terms_table_stays BEFORE TRUNCATE ON public.rule_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on rule_terms to love_supermarket_app;

create table rule_version (
  village_id integer not null,
  code text not null,
  version integer not null,
  category text not null,
  name text not null,
  pinyin text not null,
  initials text not null,
  points_centipoints integer not null,
  unit text not null,
  cap_period text,
  cap_max_count integer,
  cap_max_centipoints integer,
  evidence text not null,
  approval_path text not null,
  effective_from date not null,
  position integer not null,
  is_ended boolean not null default false,
  meeting text not null default ''::text,
  seq bigint,
  decided_by text not null default ''::text,
  cap_per text not null default 'household'::text,
  constraint rule_version_pk PRIMARY KEY (village_id, code, version),
  constraint rule_version_cap_per_known CHECK ((cap_per = ANY (ARRAY['household'::text, 'person'::text]))),
  constraint rule_version_cap_period_known CHECK ((cap_period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'quarter'::text, 'year'::text, 'occasion'::text]))),
  constraint rule_version_points_not_zero CHECK ((points_centipoints <> 0))
);
CREATE TRIGGER rule_version_row_stays BEFORE DELETE OR UPDATE ON public.rule_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rule_version_table_stays BEFORE TRUNCATE ON public.rule_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on rule_version to love_supermarket_app;

create table schema_migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint schema_migration_pk PRIMARY KEY (name)
);
grant select on schema_migration to love_supermarket_app;

create table second_factor (
  person_id integer not null,
  secret bytea not null,
  recovery_salt bytea not null,
  created_at timestamp with time zone not null default now(),
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  constraint second_factor_pk PRIMARY KEY (person_id),
  constraint second_factor_person_fk FOREIGN KEY (person_id) REFERENCES person(person_id)
);
grant delete, insert, select, update on second_factor to love_supermarket_app;

create table security_event (
  event_id bigint not null generated always as identity,
  recorded_at timestamp with time zone not null default now(),
  kind text not null,
  is_refused boolean not null,
  person_id integer,
  subject_id integer,
  region_id integer,
  place text not null,
  details jsonb not null,
  constraint security_event_pk PRIMARY KEY (event_id),
  constraint security_event_kind_form CHECK ((kind ~ '^[a-z_]+([.][a-z_]+)?$'::text))
);
CREATE INDEX security_event_kind_index ON public.security_event USING btree (kind, event_id);
CREATE INDEX security_event_person_index ON public.security_event USING btree (person_id, event_id);
CREATE TRIGGER security_event_row_stays BEFORE DELETE OR UPDATE ON public.security_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_event_table_stays BEFORE TRUNCATE ON public.security_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on security_event to love_supermarket_app;

create table security_event_address (
  event_id bigint not null,
  address text not null,
  recorded_at timestamp with time zone not null default now(),
  constraint security_event_address_pk PRIMARY KEY (event_id),
  constraint security_event_address_event_fk FOREIGN KEY (event_id) REFERENCES security_event(event_id)
);
CREATE INDEX security_event_address_time_index ON public.security_event_address USING btree (recorded_at);
grant select on security_event_address to love_supermarket_app;

create table session (
  session_id text not null,
  person_id integer not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  number integer not null generated always as identity,
  surface text not null default 'page'::text,
  last_used_at timestamp with time zone not null default now(),
  idle_minutes integer not null default 30,
  browser text not null default 'unknown'::text,
  system text not null default 'unknown'::text,
  place text not null default ''::text,
  token_generation integer not null default 0,
  token_seen_at timestamp with time zone,
  needs_code boolean not null default false,
  proved_at timestamp with time zone not null default now(),
  constraint session_pk PRIMARY KEY (session_id),
  constraint session_number_unique UNIQUE (number),
  constraint session_person_fk FOREIGN KEY (person_id) REFERENCES person(person_id),
  constraint session_surface_known CHECK ((surface = ANY (ARRAY['page'::text, 'api'::text])))
);
CREATE INDEX session_person_index ON public.session USING btree (person_id);
grant insert, select, update on session to love_supermarket_app;

create table sign_in_failure (
  username text not null,
  address text not null,
  failed_at timestamp with time zone not null default now()
);
CREATE INDEX sign_in_failure_index ON public.sign_in_failure USING btree (username, address, failed_at);
grant delete, insert, select on sign_in_failure to love_supermarket_app;

create table stock_lot (
  village_id integer not null,
  lot_id integer not null generated by default as identity,
  goods_id integer not null,
  source_kind text not null,
  source_name text not null,
  unit_value_fen integer not null,
  use_by date,
  quantity_on_hand integer not null default 0,
  last_n bigint not null default 0,
  fund text,
  gift_seq bigint,
  awaits_check boolean not null default false,
  constraint stock_lot_pk PRIMARY KEY (village_id, lot_id),
  constraint stock_lot_gift_not_negative CHECK ((gift_seq >= 0)),
  constraint stock_lot_quantity_not_negative CHECK ((quantity_on_hand >= 0)),
  constraint stock_lot_source_known CHECK ((source_kind = ANY (ARRAY['donation'::text, 'purchase'::text]))),
  constraint stock_lot_value_not_negative CHECK ((unit_value_fen >= 0))
);
CREATE INDEX stock_lot_on_hand_index ON public.stock_lot USING btree (village_id, goods_id) WHERE (quantity_on_hand > 0);
grant select on stock_lot to love_supermarket_app;

create table stock_move (
  village_id integer not null,
  lot_id integer not null,
  n bigint not null,
  seq bigint not null,
  goods_id integer not null,
  quantity integer not null,
  quantity_after integer not null,
  unit_price_centipoints integer,
  occurred_on date not null,
  constraint stock_move_pk PRIMARY KEY (village_id, lot_id, n),
  constraint stock_move_lot_fk FOREIGN KEY (village_id, lot_id) REFERENCES stock_lot(village_id, lot_id),
  constraint stock_move_n_positive CHECK ((n > 0)),
  constraint stock_move_quantity_not_zero CHECK ((quantity <> 0))
);
CREATE INDEX stock_move_act_index ON public.stock_move USING btree (village_id, seq);
CREATE INDEX stock_move_goods_index ON public.stock_move USING btree (village_id, goods_id, occurred_on);
CREATE TRIGGER stock_move_row_stays BEFORE DELETE OR UPDATE ON public.stock_move FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stock_move_table_stays BEFORE TRUNCATE ON public.stock_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on stock_move to love_supermarket_app;

create table stocktake (
  village_id integer not null,
  stocktake_id integer not null generated always as identity,
  kind text not null,
  state text not null,
  opened_by integer not null,
  opened_at timestamp with time zone not null,
  cursor bigint not null,
  second_counter text not null,
  reviewed_by integer,
  closed_by integer,
  closed_at timestamp with time zone,
  operation_id text,
  constraint stocktake_pk PRIMARY KEY (village_id, stocktake_id),
  constraint stocktake_closed_at_its_end CHECK (((state = ANY (ARRAY['posted'::text, 'abandoned'::text])) = (closed_at IS NOT NULL))),
  constraint stocktake_kind_known CHECK ((kind = ANY (ARRAY['first'::text, 'monthly'::text, 'yearly'::text, 'handover'::text]))),
  constraint stocktake_posted_by_act CHECK (((state = 'posted'::text) = (operation_id IS NOT NULL))),
  constraint stocktake_state_known CHECK ((state = ANY (ARRAY['counting'::text, 'reviewing'::text, 'posted'::text, 'abandoned'::text])))
);
CREATE UNIQUE INDEX stocktake_one_at_a_time ON public.stocktake USING btree (village_id) WHERE (state = ANY (ARRAY['counting'::text, 'reviewing'::text]));
grant insert, select, update on stocktake to love_supermarket_app;

create table stocktake_line (
  village_id integer not null,
  stocktake_id integer not null,
  goods_id integer not null,
  counted integer not null,
  cursor bigint not null,
  counted_by integer not null,
  cause text,
  constraint stocktake_line_pk PRIMARY KEY (village_id, stocktake_id, goods_id),
  constraint stocktake_line_stocktake_fk FOREIGN KEY (village_id, stocktake_id) REFERENCES stocktake(village_id, stocktake_id),
  constraint stocktake_line_not_negative CHECK ((counted >= 0))
);
grant insert, select, update on stocktake_line to love_supermarket_app;

create table till (
  session_id text not null,
  village_id integer not null,
  shown jsonb not null default '{"kind": "idle"}'::jsonb,
  changed_at timestamp with time zone not null default now(),
  watched_at timestamp with time zone not null default now(),
  constraint till_pk PRIMARY KEY (session_id),
  constraint till_session_fk FOREIGN KEY (session_id) REFERENCES session(session_id) ON DELETE CASCADE,
  constraint till_village_fk FOREIGN KEY (village_id) REFERENCES region(region_id)
);
CREATE INDEX till_village_index ON public.till USING btree (village_id);
grant delete, insert, select, update on till to love_supermarket_app;

create table village_check (
  village_id integer not null,
  run_id text,
  run_by integer,
  run_started_at timestamp with time zone,
  run_heard_of_at timestamp with time zone,
  rows_done bigint not null default 0,
  rows_in_all bigint not null default 0,
  finished_at timestamp with time zone,
  finished_by integer,
  acts bigint not null default 0,
  entries bigint not null default 0,
  moves bigint not null default 0,
  findings jsonb not null default '[]'::jsonb,
  constraint village_check_pk PRIMARY KEY (village_id),
  constraint village_check_run_whole CHECK (((run_id IS NULL) = (run_heard_of_at IS NULL)))
);
grant insert, select, update on village_check to love_supermarket_app;

create table village_terms (
  village_id integer not null,
  opening_centipoints integer not null,
  fen_per_point integer not null,
  earned_months integer,
  opening_months integer,
  vacancy_months integer not null default 12,
  constraint village_terms_pk PRIMARY KEY (village_id),
  constraint village_terms_months_positive CHECK (((earned_months > 0) AND (opening_months > 0) AND (vacancy_months > 0))),
  constraint village_terms_opening_not_negative CHECK ((opening_centipoints >= 0)),
  constraint village_terms_rate_positive CHECK ((fen_per_point > 0))
);
grant select on village_terms to love_supermarket_app;

create table villager_group (
  village_id integer not null,
  group_id integer not null generated always as identity,
  name text not null,
  position integer not null,
  constraint villager_group_pk PRIMARY KEY (village_id, group_id),
  constraint villager_group_name_unique UNIQUE (village_id, name)
);
grant insert, select, update on villager_group to love_supermarket_app;

create table wish (
  village_id integer not null,
  wish_id text not null,
  household_id integer not null,
  salt text not null,
  words text not null,
  contact text,
  photos text[] not null,
  filed_at timestamp with time zone not null default now(),
  constraint wish_pk PRIMARY KEY (village_id, wish_id),
  constraint wish_household_fk FOREIGN KEY (village_id, household_id) REFERENCES household(village_id, household_id),
  constraint wish_id_form CHECK ((wish_id ~ '^[A-Z2-9]{16}$'::text))
);
CREATE INDEX wish_household_index ON public.wish USING btree (village_id, household_id);
grant insert, select on wish to love_supermarket_app;

create function add_goods(p_village_id integer, p_operation jsonb, p_goods jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 7c7ca70c6c9d10ec
grant execute on function add_goods(p_village_id integer, p_operation jsonb, p_goods jsonb) to love_supermarket_app;

create function adopt_rules(p_village_id integer, p_rules jsonb, p_terms jsonb, p_effective_from date) returns void language plpgsql security definer set search_path=public, pg_temp; -- body 6d8fa1d3aee8360c
grant execute on function adopt_rules(p_village_id integer, p_rules jsonb, p_terms jsonb, p_effective_from date) to love_supermarket_app;

create function analyze_households() returns void language plpgsql security definer set search_path=public, pg_temp; -- body 0f05c829e0eee3be
grant execute on function analyze_households() to love_supermarket_app;

create function append_acts(p_village_id integer, p_first_seq bigint, p_recorded_at timestamp with time zone, p_operation jsonb, p_entry_numbers bigint[]) returns void language plpgsql; -- body 2579cfaa87896f9e

create function approve_proposals(p_village_id integer, p_operation jsonb, p_proposal_ids integer[]) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body c9913fc56ec6b504
grant execute on function approve_proposals(p_village_id integer, p_operation jsonb, p_proposal_ids integer[]) to love_supermarket_app;

create function begin_new_log(p_village_id integer, p_operation jsonb) returns bigint language plpgsql; -- body cde602886a035e8d

create function begin_public_log(p_village_id integer, p_origin text, p_vkey text) returns void language sql security definer set search_path=public, pg_temp; -- body 0d37bda9236e1531
grant execute on function begin_public_log(p_village_id integer, p_origin text, p_vkey text) to love_supermarket_app;

create function change_claims(p_village_id integer, p_operation jsonb, p_claims jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 0dbd6ebbc0185ccd
grant execute on function change_claims(p_village_id integer, p_operation jsonb, p_claims jsonb) to love_supermarket_app;

create function change_household(p_village_id integer, p_operation jsonb, p_change jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 03eb0f2b21b3fb15
grant execute on function change_household(p_village_id integer, p_operation jsonb, p_change jsonb) to love_supermarket_app;

create function change_rate(p_village_id integer, p_operation jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body c48f5e91ad493ea7
grant execute on function change_rate(p_village_id integer, p_operation jsonb) to love_supermarket_app;

create function change_rules(p_village_id integer, p_operation jsonb, p_versions jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 786ac109ec4c7869
grant execute on function change_rules(p_village_id integer, p_operation jsonb, p_versions jsonb) to love_supermarket_app;

create function check_operation() returns trigger language plpgsql set search_path=public, pg_temp; -- body f63b1704d54ec7e8

create function complete_handover(p_village_id integer, p_operation jsonb, p_handover_id integer) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body ff8981a1186b1c80
grant execute on function complete_handover(p_village_id integer, p_operation jsonb, p_handover_id integer) to love_supermarket_app;

create function convert_claims(p_village_id integer, p_operation jsonb, p_lines jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 178d21e6647a82ea
grant execute on function convert_claims(p_village_id integer, p_operation jsonb, p_lines jsonb) to love_supermarket_app;

create function create_account(p_village_id integer, p_holder_id integer, p_pseudonym text) returns integer language sql security definer set search_path=public, pg_temp; -- body c337d51ae66967f2

create function create_accounts(p_village_id integer, p_holder_ids integer[]) returns void language plpgsql security definer set search_path=public, pg_temp; -- body f176b3c14665b628

create function erase_household(p_village_id integer, p_operation jsonb, p_household_id integer, p_name text) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body e04f46a2eb82c120
grant execute on function erase_household(p_village_id integer, p_operation jsonb, p_household_id integer, p_name text) to love_supermarket_app;

create function erase_identity(p_village_id integer, p_household_id integer, p_name text) returns void language sql; -- body c9c603000ad76312

create function erase_kinship(p_village_id integer, p_household_id integer) returns void language sql; -- body b87b2f4ba330f744

create function erase_openings(p_village_id integer, p_seqs bigint[]) returns void language sql; -- body 38adcd7f804f9591

create function erase_photos(p_village_id integer, p_public_ids text[]) returns void language sql; -- body 0aa116d52523435c

create function erase_queue_numbers(p_village_id integer, p_household_id integer) returns void language sql; -- body 4c0b8a1d5a31fdba

create function erase_wishes(p_village_id integer, p_household_id integer) returns void language sql; -- body e3008f6121a5c640

create function find_posted(p_village_id integer, p_key text, p_request_hash text) returns jsonb language plpgsql; -- body ec644a525e55b5de
grant execute on function find_posted(p_village_id integer, p_key text, p_request_hash text) to love_supermarket_app;

create function forget_old_traces() returns void language plpgsql security definer set search_path=public, pg_temp; -- body 1d65ac83f279b6e6
grant execute on function forget_old_traces() to love_supermarket_app;

create function hand_over_goods(p_village_id integer, p_release jsonb, p_redemption jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 98d98b72dd7d0eac
grant execute on function hand_over_goods(p_village_id integer, p_release jsonb, p_redemption jsonb) to love_supermarket_app;

create function import_acts(p_village_id integer, p_first_seq bigint, p_leaves bytea[], p_recorded_by integer, p_goods jsonb) returns void language plpgsql; -- body 04bf649cb8f1f7ee

create function ledger_clock() returns timestamp with time zone language plpgsql; -- body af9bc6b97ca2766e

create function lock_log(p_village_id integer) returns bigint language plpgsql; -- body df92a288aed64d11

create function mask_address(p_address text) returns text language plpgsql immutable set search_path=public, pg_temp; -- body a9bca248ec3b3ff3
grant execute on function mask_address(p_address text) to love_supermarket_app;

create function name_account(p_lines jsonb, p_account_id integer) returns jsonb language sql immutable; -- body 0ac298cd2049eb3c

create function open_honor_accounts(p_village_id integer, p_account_ids integer[]) returns void language sql security definer set search_path=public, pg_temp; -- body c38e09d01dedbfe6
grant execute on function open_honor_accounts(p_village_id integer, p_account_ids integer[]) to love_supermarket_app;

create function open_ledger(p_village_id integer, p_terms jsonb, p_operation jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 99d17ebdde90dc62
grant execute on function open_ledger(p_village_id integer, p_terms jsonb, p_operation jsonb) to love_supermarket_app;

create function open_log(p_village_id integer) returns void language sql; -- body c2a8ea838a11c6dd

create function open_pending_account_of_claims(p_village_id integer, p_claim_ids text[]) returns void language sql security definer set search_path=public, pg_temp; -- body 8ac2d966eb581844
grant execute on function open_pending_account_of_claims(p_village_id integer, p_claim_ids text[]) to love_supermarket_app;

create function open_pending_accounts(p_village_id integer, p_holder_ids integer[]) returns void language plpgsql security definer set search_path=public, pg_temp; -- body f27104bf2839195a

create function post_act(p_village_id integer, p_operation jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp set plan_cache_mode=force_generic_plan; -- body 80580df6f64668fb
grant execute on function post_act(p_village_id integer, p_operation jsonb) to love_supermarket_app;

create function post_stocktake(p_village_id integer, p_operation jsonb, p_stocktake_id integer, p_lines_seen text) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 2f8048aa975ef67c
grant execute on function post_stocktake(p_village_id integer, p_operation jsonb, p_stocktake_id integer, p_lines_seen text) to love_supermarket_app;

create function posted_operation(p_village_id integer, p_operation_id text) returns jsonb language sql stable; -- body 14166a34ef8c9170
grant execute on function posted_operation(p_village_id integer, p_operation_id text) to love_supermarket_app;

create function publish_record(p_village_id integer, p_operation jsonb, p_publication jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body c5d3a63a62cc6b8f
grant execute on function publish_record(p_village_id integer, p_operation jsonb, p_publication jsonb) to love_supermarket_app;

create function record_checkpoints(p_county_id integer, p_operation jsonb) returns bigint language plpgsql security definer set search_path=public, pg_temp; -- body 586cef84187a81c4
grant execute on function record_checkpoints(p_county_id integer, p_operation jsonb) to love_supermarket_app;

create function record_security_event(p_kind text, p_is_refused boolean, p_person_id integer, p_subject_id integer, p_region_id integer, p_address text, p_details jsonb) returns void language plpgsql security definer set search_path=public, pg_temp; -- body 541fb49a084b58ac
grant execute on function record_security_event(p_kind text, p_is_refused boolean, p_person_id integer, p_subject_id integer, p_region_id integer, p_address text, p_details jsonb) to love_supermarket_app;

create function refuse_change() returns trigger language plpgsql; -- body 94f6bb098bbb0d38

create function refuse_disclosure_change() returns trigger language plpgsql; -- body 8c9f2ba66099b03c

create function refuse_posting(p_village_id integer, p_operation jsonb, p_accounts integer[], p_amounts bigint[], p_earlier_amounts bigint[], p_leasts bigint[], p_lots integer[], p_quantities integer[]) returns jsonb language plpgsql; -- body 67b47b8275987814

create function register_households(p_village_id integer, p_households jsonb) returns text[] language plpgsql security definer set search_path=public, pg_temp; -- body 8b1c325b5de40ae3
grant execute on function register_households(p_village_id integer, p_households jsonb) to love_supermarket_app;

create function rename_goods(p_village_id integer, p_operation jsonb, p_name jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body c1d3d75577497591
grant execute on function rename_goods(p_village_id integer, p_operation jsonb, p_name jsonb) to love_supermarket_app;

create function restore_acts(p_village_id integer, p_first_seq bigint, p_leaves bytea[], p_recorded_by integer) returns void language plpgsql; -- body 82c2b860dad615cc

create function stocktake_lines_seen(p_village_id integer, p_stocktake_id integer) returns text language sql stable; -- body 875becff005cc116
grant execute on function stocktake_lines_seen(p_village_id integer, p_stocktake_id integer) to love_supermarket_app;

create function store_log_tiles(p_village_id integer) returns bigint language plpgsql security definer set search_path=public, pg_temp; -- body 90fd257a8ddb8ec9
grant execute on function store_log_tiles(p_village_id integer) to love_supermarket_app;

create function waive_handover(p_village_id integer, p_operation jsonb, p_waived jsonb) returns jsonb language plpgsql security definer set search_path=public, pg_temp; -- body 71b2b8d425710166
grant execute on function waive_handover(p_village_id integer, p_operation jsonb, p_waived jsonb) to love_supermarket_app;

grant usage on schema public to love_supermarket_app;
grant usage on schema public to public;
