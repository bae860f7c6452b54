using Market.Node.Cli;
using Market.Node.Hosting;
using Market.Node.Laboratory;
using Market.Node.Records;

// The nodes of a cluster wait for each other, for the broker and the database: a worker that spins while it waits takes the processor from whom it waits for.
// The pool reads this once, when its first worker starts.
if (args is [RunVerb.OfCluster, ..]) { AppContext.SetData("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit", "0"); }

return await CommandLine.RunAsync(args, new NodeVerbs
{
    Run = RunNode.RunAsync,
    Verify = VerifyJournal.RunAsync,
    Export = ExportJournal.RunAsync,
    Simulate = SimulateMarket.RunAsync,
});
