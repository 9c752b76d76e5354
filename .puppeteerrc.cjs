// The tests look for a browser themselves and install one only when there is none: npm ci must not depend on a download.
module.exports = { skipDownload: true };
