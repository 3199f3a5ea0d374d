namespace Director.LoadTest.Engine;

/// <summary>How long one user of a closed simulation is there.</summary>
/// <param name="Number">Which user, from 0. The same number may come again after it has left.</param>
/// <param name="From">When he comes, from the beginning of the scenario.</param>
/// <param name="Until">When he has left.</param>
internal readonly record struct CopySpan(int Number, TimeSpan From, TimeSpan Until);
