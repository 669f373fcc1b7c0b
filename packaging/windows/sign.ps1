# Signs a file where there is a key: CALMTRAY_SIGN_PFX (a certificate as base64) and CALMTRAY_SIGN_PASSWORD. Without them it
# says so and leaves the file as it is: forks and changes that nobody has looked at have no keys. Never run by its author.
param([Parameter(Mandatory)][string]$File)
$ErrorActionPreference = "Stop"
if (-not $env:CALMTRAY_SIGN_PFX) {
    Write-Host "Not signed, for there is no key: $File"
    exit 0
}
$pfx = Join-Path $env:RUNNER_TEMP "calmtray.pfx"
[IO.File]::WriteAllBytes($pfx, [Convert]::FromBase64String($env:CALMTRAY_SIGN_PFX))
try {
    $signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Sort-Object FullName | Select-Object -Last 1
    & $signtool.FullName sign /f $pfx /p $env:CALMTRAY_SIGN_PASSWORD /fd sha256 /td sha256 $File
    if ($LASTEXITCODE) { throw "signtool failed for $File" }
} finally {
    Remove-Item $pfx
}
