#!/bin/sh
# Makes the disk image of the app that PyInstaller made, signed and notarised where there are keys. Called by the release
# workflow; never run by its author: see packaging/README.md.
#
#     packaging/macos/package.sh build/packed/calmtray.app dist/calmtray-0.1.0.dmg
#
# CALMTRAY_SIGN_IDENTITY: the name of a "Developer ID Application" in the keychain. CALMTRAY_NOTARY_PROFILE: what
# `xcrun notarytool store-credentials` was told to call them. Without them the image is not signed, and says so.
set -eu

app=$1
image=$2
here=$(dirname "$0")

if [ -n "${CALMTRAY_SIGN_IDENTITY:-}" ]; then
    # From the inside out: libraries first, the app last.
    find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -exec \
        codesign --force --timestamp --options runtime --sign "$CALMTRAY_SIGN_IDENTITY" {} +
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$CALMTRAY_SIGN_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "Not signed, for there is no key: $app"
fi

folder=$(mktemp -d)
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname calmtray -srcfolder "$folder" -ov -format ULMO "$image"
rm -r "$folder"

if [ -n "${CALMTRAY_SIGN_IDENTITY:-}" ] && [ -n "${CALMTRAY_NOTARY_PROFILE:-}" ]; then
    codesign --force --timestamp --sign "$CALMTRAY_SIGN_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$CALMTRAY_NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
else
    echo "Not notarised, for there are no keys: $image"
fi
