-- Deferred to the commit: only then are all parts of an operation written.
create constraint trigger operation_adds_up
  after insert on operation
  deferrable initially deferred
  for each row execute function check_operation();
