-- How a sign-in began: 'api' or 'grant'. NULL in rows of a release that did not say.
ALTER TABLE family ADD COLUMN began TEXT;
