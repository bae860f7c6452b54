using Market.Node.Config;
using Market.Node.Hosting;
var configuration = new ConfigurationBuilder();
var options = ConfigurationFile.Read("cluster.hocon", new Dictionary<string, string?> { ["monkonomy:data"] = args[0], ["monkonomy:http:port"] = args[1] });
return await RunNode.RunAsync(options, default);
