#!/usr/bin/env pwsh
Set-Location $PSScriptRoot; dotnet run build.cs -- @args; exit $LASTEXITCODE
