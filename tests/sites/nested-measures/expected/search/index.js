gongkaiSearch("index","ef3e5777",{"notices":[["n","甲局党组关于巡察整改情况的通报",2]],"headings":"35","documents":"$*","lengths":"*3/2102<","statuses":"","n_files":4,"ways":4,"per_file":8});
