ALTER TABLE "act" ADD CONSTRAINT "act_leaf_fits_bundle" CHECK (octet_length("act"."leaf") <= 65535);
