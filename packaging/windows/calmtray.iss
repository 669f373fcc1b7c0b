; The installer for Windows (Inno Setup 6), of the folder that PyInstaller makes. Built by package.ps1, which says with which
; version, and signs it where there is a key.
;
; For one user without an administrator's rights; for all users: /ALLUSERS; silently: /VERYSILENT /SUPPRESSMSGBOXES
; /NORESTART. Never run by its author: see packaging/README.md.

#ifndef Version
  #error Say /DVersion=...
#endif

[Setup]
AppId={{0C4C1F5B-6B4E-4E0B-9C39-6C0B0A9B2B51}
AppName=calmtray
AppVersion={#Version}
AppPublisher=calmtray contributors
DefaultDirName={autopf}\calmtray
DisableDirPage=auto
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
OutputDir=..\..\dist
OutputBaseFilename=calmtray-{#Version}-setup
SetupIconFile=..\..\build\packed\calmtray.ico
UninstallDisplayIcon={app}\calmtray.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; Whoever did not end when asked below, see [Code].
CloseApplications=yes
RestartApplications=no
LicenseFile=..\..\LICENSE
#ifdef Sign
SignTool=signtool
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[Files]
Source: "..\..\build\packed\calmtray\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[InstallDelete]
; What a version before brought and this one does not.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\calmtray"; Filename: "{app}\calmtray.exe"

[Run]
Filename: "{app}\calmtray.exe"; Description: "{cm:LaunchProgram,calmtray}"; Flags: nowait postinstall skipifsilent

[Registry]
; "Open at login" is written by the app itself; it goes with the app.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueName: "calmtray"; ValueType: none; Flags: uninsdeletevalue dontcreatekey

[UninstallRun]
Filename: "{app}\calmtray.exe"; Parameters: "quit"; Flags: runhidden; RunOnceId: "quit"
; Settings, journal and practices in %LOCALAPPDATA%\calmtray are the user's, and stay.

[Code]
{ One that is running is asked to end, so that its files can be replaced; it keeps what is under way. }
function PrepareToInstall(var NeedsRestart: Boolean): String;
var
  Status: Integer;
begin
  if FileExists(ExpandConstant('{app}\calmtray.exe')) then
    Exec(ExpandConstant('{app}\calmtray.exe'), 'quit', '', SW_HIDE, ewWaitUntilTerminated, Status);
  Result := '';
end;
