# Signs a file, with a time that outlives the certificate. CALMTRAY_SIGN_PFX: the certificate as base64; its password is in
# CALMTRAY_SIGN_PASSWORD. Called by package.ps1 and by Inno Setup; never run by its author: see packaging/README.md.
param([Parameter(Mandatory)][string]$File)
$ErrorActionPreference = "Stop"
$pfx = New-TemporaryFile
try {
    [IO.File]::WriteAllBytes($pfx, [Convert]::FromBase64String($env:CALMTRAY_SIGN_PFX))
    $signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Sort-Object FullName | Select-Object -Last 1
    & $signtool.FullName sign /f $pfx /p $env:CALMTRAY_SIGN_PASSWORD /fd sha256 /tr http://timestamp.digicert.com /td sha256 $File
    if ($LASTEXITCODE) { throw "signtool failed for $File" }
} finally {
    Remove-Item $pfx
}
