-- A message refused again is found by its id.
CREATE INDEX dead_letters_message ON dead_letters (store, message_id, source, code);
