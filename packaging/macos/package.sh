#!/bin/sh
# Makes what people install of the app that PyInstaller made, signed and notarised where there are keys: a disk image, from
# which it is drawn into a folder, and an installer. Called by the release workflow; never run by its author: see
# packaging/README.md.
#
#     packaging/macos/package.sh build/packed/calmtray.app dist/calmtray-0.1.0-arm64
#
# makes dist/calmtray-0.1.0-arm64.dmg and .pkg.
#
# CALMTRAY_SIGN_IDENTITY: the name of a "Developer ID Application"; PyInstaller has signed the app with it, from the inside
# out. CALMTRAY_SIGN_INSTALLER: that of a "Developer ID Installer". CALMTRAY_KEYCHAIN: what keychain.sh made.
set -eu

app=$1
image=$2.dmg
installer=$2.pkg
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d)

signed() {
    test -n "${CALMTRAY_KEYCHAIN:-}"
}

notarise() {
    xcrun notarytool submit "$1" --keychain "$CALMTRAY_KEYCHAIN" --keychain-profile calmtray --wait
    xcrun stapler staple "$1"
}

if signed; then
    codesign --verify --deep --strict "$app"
fi

# Only the app: what is installed is what stands in this folder.
mkdir "$place/installed"
cp -R "$app" "$place/installed/"
version=$("$app/Contents/MacOS/calmtray" --version | cut -d' ' -f2)
pkgbuild --analyze --root "$place/installed" "$place/parts.plist"
# Where the installer was told to, not where a copy of it happens to lie already.
plutil -replace 0.BundleIsRelocatable -bool NO "$place/parts.plist"
pkgbuild --root "$place/installed" --component-plist "$place/parts.plist" --identifier org.calmtray.calmtray \
    --version "$version" --install-location /Applications "$place/calmtray.pkg"
# For one user, in their own Applications, without an administrator; or for everybody.
sed "s/@MACHINE@/$(uname -m)/" "$here/requirements.plist" >"$place/requirements.plist"
productbuild --synthesize --product "$place/requirements.plist" --package "$place/calmtray.pkg" "$place/distribution.xml"
if signed; then
    productbuild --distribution "$place/distribution.xml" --package-path "$place" --timestamp \
        --keychain "$CALMTRAY_KEYCHAIN" --sign "$CALMTRAY_SIGN_INSTALLER" "$installer"
    notarise "$installer"
else
    productbuild --distribution "$place/distribution.xml" --package-path "$place" "$installer"
fi

ln -s /Applications "$place/installed/Applications"
hdiutil create -volname calmtray -srcfolder "$place/installed" -ov -format ULMO "$image"
rm -r "$place"
if signed; then
    codesign --force --timestamp --sign "$CALMTRAY_SIGN_IDENTITY" "$image"
    notarise "$image"
else
    echo "Neither signed nor notarised, for there are no keys: $image, $installer"
fi
