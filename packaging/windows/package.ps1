# Makes the installer of the folder that PyInstaller made, and its bill of materials; programs, installer and uninstaller are
# signed where there is a key. Called by the release workflow; never run by its author: see packaging/README.md.
$ErrorActionPreference = "Stop"
$here = $PSScriptRoot
$folder = "build\packed\calmtray"
$version = (& "$folder\calmtray-cli.exe" --version).Split(" ")[1]
$options = @("/DVersion=$version")
if ($env:CALMTRAY_SIGN_PFX) {
    & "$here\sign.ps1" "$folder\calmtray.exe"
    & "$here\sign.ps1" "$folder\calmtray-cli.exe"
    $options += "/DSign", "/Ssigntool=pwsh -NoProfile -File `$q$here\sign.ps1`$q `$f"
} else {
    Write-Host "Nothing is signed, for there is no key."
}
& "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe" @options "$here\calmtray.iss"
if ($LASTEXITCODE) { throw "Inno Setup could not make the installer" }
python dev.py package bill "dist\calmtray-$version-setup.exe"
if ($LASTEXITCODE) { throw "there is no bill of materials" }
