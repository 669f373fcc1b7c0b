#!/bin/sh
# Lays the keys of a release where codesign and notarytool find them, in a keychain that goes with the machine. Called by the
# release workflow; never run by its author: see packaging/README.md.
#
# CALMTRAY_SIGN_P12 and CALMTRAY_SIGN_P12_PASSWORD: a "Developer ID Application" and a "Developer ID Installer" in one file, as
# base64. CALMTRAY_NOTARY_APPLE_ID, CALMTRAY_NOTARY_TEAM_ID and CALMTRAY_NOTARY_PASSWORD: who asks for notarisation. The steps
# that follow are told of it by CALMTRAY_KEYCHAIN. Without keys it says so and does nothing: forks and changes that nobody has
# looked at have none.
set -eu

if [ -z "${CALMTRAY_SIGN_P12:-}" ]; then
    echo "There are no keys: nothing will be signed or notarised."
    exit 0
fi

keychain=$RUNNER_TEMP/calmtray.keychain-db
password=$(uuidgen)
certificate=$RUNNER_TEMP/calmtray.p12
printf %s "$CALMTRAY_SIGN_P12" | base64 --decode >"$certificate"
security create-keychain -p "$password" "$keychain"
# Long enough for a notarisation that is slow.
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$certificate" -P "$CALMTRAY_SIGN_P12_PASSWORD" -f pkcs12 -k "$keychain" -T /usr/bin/codesign -T /usr/bin/productbuild
rm "$certificate"
security set-key-partition-list -S apple-tool:,apple: -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
xcrun notarytool store-credentials calmtray --keychain "$keychain" --apple-id "$CALMTRAY_NOTARY_APPLE_ID" \
    --team-id "$CALMTRAY_NOTARY_TEAM_ID" --password "$CALMTRAY_NOTARY_PASSWORD"
echo "CALMTRAY_KEYCHAIN=$keychain" >>"$GITHUB_ENV"
