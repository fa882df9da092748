; The installer for Windows, made by Inno Setup 6 from a finished build:
;
;     python packaging/build.py
;     iscc /DVersion=0.1.0 packaging\matcher.iss
;
; It installs for the person who runs it, without an administrator, and leaves stores alone when it is removed:
; they lie in her documents, not beside the program.

#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
AppId={{6F0C4D5E-3B6E-4C55-9B64-5B7D8A0F1E21}
AppName=Matcher
AppVersion={#Version}
AppVerName=Matcher {#Version}
DefaultDirName={autopf}\Matcher
DefaultGroupName=Matcher
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\LICENSE
OutputDir=..\dist
OutputBaseFilename=Matcher-{#Version}-Setup
UninstallDisplayIcon={app}\matcher-window.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Files]
Source: "..\dist\Matcher\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Matcher"; Filename: "{app}\matcher-window.exe"
Name: "{autodesktop}\Matcher"; Filename: "{app}\matcher-window.exe"; Tasks: desktop

[Tasks]
Name: desktop; Description: "A shortcut on the desktop"; Flags: unchecked

[Run]
Filename: "{app}\matcher-window.exe"; Description: "Open Matcher"; Flags: nowait postinstall skipifsilent
