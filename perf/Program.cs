using System.CommandLine;
using Director.Perf;

// What is being measured when somebody says stop ends within a window, and its network goes.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
return await PerfCommand.Create().Parse(args).InvokeAsync(invocation);
