@echo off
rem Sets planlineage up in this folder the first time, then opens a window in which it can be used.
chcp 65001 >nul
cd /d "%~dp0"
if not exist .venv\Scripts\planlineage.exe (
  py -m venv .venv || goto failed
  .venv\Scripts\python -m pip install -q . || goto failed
)
set PATH=%CD%\.venv\Scripts;%PATH%
planlineage demo
cmd /k
exit /b 0
:failed
echo Python 3.11 or newer is needed: https://www.python.org/downloads/  (tick "Add to PATH")
pause
exit /b 1
