#!/bin/sh
# Makes the disk image of the app that PyInstaller made, signed and notarised where there are keys. Called by the release
# workflow; never run by its author: see packaging/README.md.
#
#     packaging/macos/package.sh build/packed/calmtray.app dist/calmtray-0.1.0-arm64.dmg
#
# CALMTRAY_SIGN_IDENTITY: the name of a "Developer ID Application"; PyInstaller has signed the app with it, from the inside
# out. CALMTRAY_KEYCHAIN: what keychain.sh made.
set -eu

app=$1
image=$2

if [ -n "${CALMTRAY_KEYCHAIN:-}" ]; then
    codesign --verify --deep --strict "$app"
fi

folder=$(mktemp -d)
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname calmtray -srcfolder "$folder" -ov -format ULMO "$image"
rm -r "$folder"

if [ -n "${CALMTRAY_KEYCHAIN:-}" ]; then
    codesign --force --timestamp --sign "$CALMTRAY_SIGN_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain "$CALMTRAY_KEYCHAIN" --keychain-profile calmtray --wait
    xcrun stapler staple "$image"
else
    echo "Neither signed nor notarised, for there are no keys: $image"
fi
