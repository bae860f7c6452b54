using Market.Node.Cli;
using Market.Node.Hosting;
using Market.Node.Laboratory;
using Market.Node.Records;

return await CommandLine.RunAsync(args, new NodeVerbs
{
    Run = RunNode.RunAsync,
    Verify = VerifyJournal.RunAsync,
    Export = ExportJournal.RunAsync,
    Simulate = SimulateMarket.RunAsync,
});
